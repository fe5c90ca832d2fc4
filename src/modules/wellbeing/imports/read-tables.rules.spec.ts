import { SURVEY_TEMPLATE } from '../waves/survey-template.js';
import type { Question } from '../waves/question.js';
import { guessMapping, isMapping, kindOf } from './import-columns.rules.js';
import { readAggregates } from './read-aggregates.rules.js';
import { readRespondents } from './read-answers.rules.js';

const QUESTIONS: Question[] = SURVEY_TEMPLATE.map((plan) => ({
  key: plan.questionKey,
  dimension: plan.dimension,
  dimensionLabels: { da: plan.dimensionDa, en: plan.dimensionEn },
  kind: plan.kind,
  scale: { min: plan.scaleMin, max: plan.scaleMax },
  direction: plan.direction,
  text: { da: plan.textDa, en: plan.textEn },
  labels: { da: [...plan.labelsDa], en: [...plan.labelsEn] },
}));
const codeOf = (name: string) => ({ Aarhus: '751' })[name];

describe('guessMapping', () => {
  it('recognises keys, whole questions and the other columns, each once', () => {
    const mapping = guessMapping(
      ['Kommune', 'meaning_glad', 'Jeg ved, hvornår jeg skal stille om.', 'meaning_glad', 'Alder'],
      QUESTIONS,
    );
    expect(mapping).toEqual(['municipality', 'meaning_glad', 'role_transfer', null, null]);
    expect(kindOf(mapping, QUESTIONS)).toBe('answers');
  });

  it('tells aggregates by their columns', () => {
    const mapping = guessMapping(['Parameter', 'Gennemsnit', 'Antal svar', 'Spredning'], QUESTIONS);
    expect(mapping).toEqual(['parameter', 'mean', 'n', 'sd']);
    expect(kindOf(mapping, QUESTIONS)).toBe('aggregates');
    expect(kindOf(['parameter', 'mean'], QUESTIONS)).toBeNull();
  });

  it.each([
    [['mean', 'mean'], false],
    [['mean', 'alder'], false],
    [['mean'], false],
    [['mean', null], true],
  ])('%j for two columns is a mapping: %s', (mapping, isOne) => {
    expect(isMapping(mapping, 2, QUESTIONS)).toBe(isOne);
  });
});

describe('readRespondents', () => {
  const mapping = ['municipality', 'tenure', 'meaning_help', 'meaning_glad', 'workload_behind', 'comment'];
  const read = (...cells: string[]) =>
    readRespondents([{ number: 2, cells }], mapping, QUESTIONS, codeOf)[0]!;

  it('takes values and words in either language, and counts half a topic as none', () => {
    const { input, faults } = read('Aarhus', '2,5', 'Helt enig', '4 – Enig', '2', 'Mere tid');
    expect(faults).toEqual([]);
    expect(input).toEqual({
      municipality: '751',
      tenure: '1_to_3_years',
      dimensions: [{ dimension: 'meaning', values: { meaning_help: 5, meaning_glad: 4 }, score: 87.5 }],
      comments: [{ questionKey: 'comment', comment: 'Mere tid' }],
    });
  });

  it.each([
    [['Atlantis', '', '1', '1', '', ''], { field: 'municipality', code: 'unknown_municipality' }],
    [['', 'længe', '1', '1', '', ''], { field: 'tenure', code: 'unknown_tenure' }],
    [
      ['', '', '6', '1', '', ''],
      { field: 'meaning_help', code: 'not_on_scale', args: { minimum: 1, maximum: 5 } },
    ],
    [['', '', '', '', '', ''], { field: '', code: 'survey_nothing_answered' }],
  ])('refuses %j', (cells, fault) => {
    const { input, faults } = read(...cells);
    expect(input).toBeUndefined();
    expect(faults).toContainEqual(fault);
  });
});

describe('readAggregates', () => {
  const mapping = ['parameter', 'mean', 'n', 'sd', 'min', 'max'];
  const read = (...rows: string[][]) =>
    readAggregates(
      rows.map((cells, n) => ({ number: n + 2, cells })),
      mapping,
      QUESTIONS,
    );

  it('brings means on their own scale to points, the good end up', () => {
    const [meaning, workload, question] = read(
      ['Mening', '7,0', '120', '2', '0', '10'],
      ['workload', '4', '118', '', '', ''],
      ['meaning_glad', '3', '119', '', '', ''],
    );
    expect(meaning!.input).toMatchObject({
      breakdown: 'total',
      parameter: 'meaning',
      answers: 120,
      mean: 70,
    });
    expect(meaning!.input!.deviation).toBeCloseTo(20, 12);
    expect(workload!.input).toMatchObject({ parameter: 'workload', mean: 25, deviation: null });
    expect(question!.input).toMatchObject({ breakdown: 'question', parameter: 'meaning_glad', mean: 50 });
  });

  it.each([
    [['Løn', '3', '10', '', '', ''], { field: 'parameter', code: 'unknown_parameter' }],
    [['Mening', '', '10', '', '', ''], { field: 'mean', code: 'required' }],
    [['Mening', 'høj', '10', '', '', ''], { field: 'mean', code: 'not_a_number' }],
    [
      ['Mening', '9', '10', '', '', ''],
      { field: 'mean', code: 'not_on_scale', args: { minimum: 1, maximum: 5 } },
    ],
    [['Mening', '3', '0', '', '', ''], { field: 'n', code: 'not_a_number' }],
    [['Mening', '3', '10', '-1', '', ''], { field: 'sd', code: 'not_a_number' }],
    [['Mening', '3', '10', '', '5', '1'], { field: 'max', code: 'scale_reversed' }],
  ])('refuses %j', (cells, fault) => {
    const [row] = read(cells);
    expect(row!.input).toBeUndefined();
    expect(row!.faults).toContainEqual(fault);
  });

  it('refuses a parameter that comes twice', () => {
    const [, second] = read(['Mening', '3', '10', '', '', ''], ['meaning', '3', '10', '', '', '']);
    expect(second!.faults).toContainEqual({ field: 'parameter', code: 'parameter_twice' });
  });
});

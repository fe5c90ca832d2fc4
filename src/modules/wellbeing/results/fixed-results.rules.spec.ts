import { fixedResults, withSharedStamps, type AnswerRow, type WaveAnswers } from './fixed-results.rules.js';

const row = (n: number, score: number, stamps: string | null = null): AnswerRow => ({
  id: String(n),
  dimension: 'meaning',
  values: { glad: score / 25 + 1 },
  score,
  stamps,
});
const rows = (count: number, score: number, stamps: string | null) =>
  Array.from({ length: count }, (_, n) => row(n, score, stamps));
const wave = (changes: Partial<WaveAnswers> = {}): WaveAnswers => ({
  fewest: 5,
  respondents: 12,
  invited: 20,
  questions: [{ questionKey: 'glad', dimension: 'meaning', min: 1, max: 5, direction: 'higher' }],
  rows: [...rows(6, 100, '11'), ...rows(6, 50, '10')],
  sums: [],
  cells: [{ municipality: '751', tenure: 'other', completed: '1', attended: '1', invited: 20 }],
  ...changes,
});
const find = (
  results: ReturnType<typeof fixedResults>,
  breakdown: string,
  groupKey = '',
  parameter = 'meaning',
) => results.find((r) => r.breakdown === breakdown && r.groupKey === groupKey && r.parameter === parameter);

describe('fixedResults', () => {
  it('gives the totals and questions, and how many were asked and answered', () => {
    const results = fixedResults(wave());
    expect(find(results, 'total')).toMatchObject({ answers: 12, mean: 75 });
    expect(find(results, 'question', '', 'glad')).toMatchObject({ answers: 12, mean: 75 });
    expect(find(results, 'total', '', '')).toMatchObject({ answers: 12, invited: 20 });
  });

  it('gives what stamps tell, where enough have them', () => {
    const results = fixedResults(wave());
    expect(find(results, 'attended', '1')).toMatchObject({ answers: 6, mean: 100 });
    expect(find(results, 'attended', '0')).toMatchObject({ answers: 6, mean: 50 });
    expect(find(results, 'completed', '1')).toMatchObject({ answers: 12, mean: 75 });
  });

  it('keeps a row without figures for what may not be shown', () => {
    const sums = [
      { breakdown: 'municipality', groupKey: '751', dimension: 'meaning', answers: 9, total: 70_000 },
      { breakdown: 'municipality', groupKey: '615', dimension: 'meaning', answers: 3, total: 20_000 },
    ] as const;
    const results = fixedResults(wave({ sums }));
    // 751 could be shown but for 615, which would follow from the total.
    for (const code of ['751', '615'])
      expect(find(results, 'municipality', code)).toMatchObject({
        answers: null,
        mean: null,
        deviation: null,
      });
  });

  it('gives a municipality its mean by the sum, and the spread of all', () => {
    const sums = [
      { breakdown: 'municipality', groupKey: '751', dimension: 'meaning', answers: 7, total: 60_000 },
      { breakdown: 'municipality', groupKey: '615', dimension: 'meaning', answers: 5, total: 30_000 },
    ] as const;
    const result = find(fixedResults(wave({ sums })), 'municipality', '615')!;
    expect(result).toMatchObject({ answers: 5, mean: 60 });
    expect(result.deviation).toBeCloseTo(26.11, 2);
  });

  it('gives nothing at all of a wave that few have answered', () => {
    const results = fixedResults(wave({ respondents: 4, rows: rows(4, 100, null) }));
    expect(results.filter(({ mean, answers }) => mean !== null || answers !== null)).toEqual([]);
  });
});

describe('withSharedStamps', () => {
  it('drops a combination that too few answers share, and one more when a few would be left', () => {
    const kept = withSharedStamps([...rows(8, 50, '11'), ...rows(6, 50, '10'), ...rows(2, 50, '01')], 5);
    expect(kept.map(({ stamps }) => stamps)).toEqual([...Array(8).fill('11'), ...Array(8).fill(null)]);
  });

  it('counts those who left them out', () => {
    const kept = withSharedStamps([...rows(8, 50, '11'), ...rows(3, 50, null)], 5);
    expect(new Set(kept.map(({ stamps }) => stamps))).toEqual(new Set([null]));
  });
});

import { readAnswers, type AskedQuestion } from './answer.rules.js';

const question = (key: string, dimension: string, changes: Partial<AskedQuestion> = {}): AskedQuestion => ({
  key,
  dimension,
  kind: 'scale',
  scale: { min: 1, max: 5 },
  direction: 'higher',
  ...changes,
});
const QUESTIONS = [
  question('a1', 'a'),
  question('a2', 'a', { direction: 'lower' }),
  question('b1', 'b'),
  question('words', 'words', { kind: 'text' }),
];

describe('readAnswers', () => {
  it('scores a dimension by the mean of its questions, the good end up', () => {
    const { answers, faults } = readAnswers(QUESTIONS, { a1: '5', a2: '2', words: ' Godt\r\nnok ' });
    expect(faults).toEqual([]);
    expect(answers).toEqual({
      dimensions: [{ dimension: 'a', values: { a1: 5, a2: 2 }, score: 87.5 }],
      comments: [{ questionKey: 'words', comment: 'Godt\nnok' }],
    });
  });

  it.each([
    ['half a dimension', { a1: '5' }, [{ field: 'a2', code: 'survey_all_or_none' }]],
    ['a value off the scale', { b1: '6' }, [{ field: 'b1', code: 'invalid_choice' }]],
    ['a fraction', { b1: '2.5' }, [{ field: 'b1', code: 'invalid_choice' }]],
    ['words for a number', { b1: 'x' }, [{ field: 'b1', code: 'invalid_choice' }]],
    ['several values', { b1: ['1', '2'] }, [{ field: 'a1', code: 'survey_nothing_answered' }]],
    ['nothing', {}, [{ field: 'a1', code: 'survey_nothing_answered' }]],
    [
      'a novel',
      { b1: '1', words: 'x'.repeat(2001) },
      [{ field: 'words', code: 'too_long', args: { maximum: 2000 } }],
    ],
  ])('refuses %s', (_, given, faults) => {
    expect(readAnswers(QUESTIONS, given).faults).toEqual(faults);
  });

  it('takes words alone', () => {
    expect(readAnswers(QUESTIONS, { words: 'Mere tid' }).faults).toEqual([]);
  });
});

import { questionFrom, questionLines } from './question-lines.rules.js';

describe('a check question in a form', () => {
  it.each([
    ['ja\n* nej', ['ja', 'nej'], 1],
    ['*ja\r\n\r\n  nej ', ['ja', 'nej'], 0],
    ['ja\nnej', ['ja', 'nej'], -1],
    ['*ja\n*nej', ['ja', 'nej'], -1],
    ['', [], -1],
  ])('%j', (typed, answers, right) => {
    expect(questionFrom(' Hvad? ', typed)).toEqual({ question: 'Hvad?', answers, right });
  });

  it('is shown as it was typed', () => {
    const question = { question: 'Hvad?', answers: ['a', 'b', 'c'], right: 2 };
    expect(questionLines(question)).toBe('a\nb\n* c');
    expect(questionFrom('Hvad?', questionLines(question))).toEqual(question);
  });
});

import { answerFault, figureIn, isSameFigure, type Answer } from './answer.rules.js';

describe('answerFault', () => {
  it.each<[string, Answer, string | undefined]>([
    ['stands', { answer: 'stands' }, undefined],
    ['stands, with figures', { answer: 'stands', answered: 10, resolved: 5 }, 'answer figures_stand'],
    ['stands, with a count of transfers', { answer: 'stands', warmTransferred: 0 }, 'answer figures_stand'],
    ['corrected by an import', { answer: 'corrected' }, undefined],
    ['corrected', { answer: 'corrected', answered: 10, resolved: 10 }, undefined],
    ['corrected to no calls', { answer: 'corrected', answered: 0, resolved: 0 }, undefined],
    ['half a figure', { answer: 'corrected', answered: 10 }, 'resolved required'],
    ['the other half', { answer: 'corrected', resolved: 10 }, 'answered required'],
    ['transfers alone', { answer: 'corrected', warmTransferred: 10 }, 'answered required'],
    ['more than all', { answer: 'corrected', answered: 10, resolved: 11 }, 'resolved more_than_answered'],
    [
      'more transfers than calls',
      { answer: 'corrected', answered: 10, resolved: 1, warmTransferred: 11 },
      'warmTransferred more_than_answered',
    ],
  ])('%s', (_, answer, expected) => {
    const fault = answerFault(answer);
    expect(fault && `${fault.field} ${fault.code}`).toBe(expected);
  });
});

describe('figureIn', () => {
  const before = { answered: 50, resolved: 20, warmTransferred: 3 };

  it('leaves what is not said as it was', () => {
    expect(figureIn({ answer: 'corrected', answered: 40, resolved: 22 }, before)).toEqual({
      answered: 40,
      resolved: 22,
      warmTransferred: 3,
    });
    expect(figureIn({ answer: 'corrected' }, before)).toBeNull();
  });

  it('tells when nothing was changed', () => {
    expect(isSameFigure(before, { ...before })).toBe(true);
    for (const name of ['answered', 'resolved', 'warmTransferred'] as const)
      expect(isSameFigure(before, { ...before, [name]: 1 })).toBe(false);
  });
});

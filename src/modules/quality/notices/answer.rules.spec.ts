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
  it('gives the figure that is said, and none when none is', () => {
    expect(figureIn({ answer: 'corrected', answered: 40, resolved: 22 })).toEqual({
      answered: 40,
      resolved: 22,
    });
    expect(figureIn({ answer: 'corrected', answered: 40, resolved: 22, warmTransferred: 3 })).toEqual({
      answered: 40,
      resolved: 22,
      warmTransferred: 3,
    });
    expect(figureIn({ answer: 'corrected' })).toBeNull();
  });
});

describe('isSameFigure', () => {
  const figure = { answered: 50, resolved: 20, warmTransferred: 3 };

  it('tells when any count is another one', () => {
    expect(isSameFigure(figure, { ...figure })).toBe(true);
    for (const name of ['answered', 'resolved', 'warmTransferred'] as const)
      expect(isSameFigure(figure, { ...figure, [name]: 1 })).toBe(false);
  });
});

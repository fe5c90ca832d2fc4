import { planAttempt, type AttemptPlan, type LatestAttempt } from './attempt.rules.js';

const newest = { id: 30, number: 3 };
const attempt = (versionNumber: number, isFinished: boolean): LatestAttempt => ({
  id: 7,
  versionId: versionNumber * 10,
  versionNumber,
  isFinished,
});
const anew: AttemptPlan = { kind: 'new', versionId: 30 };

describe('planAttempt', () => {
  it.each<[string, Parameters<typeof planAttempt>, AttemptPlan]>([
    ['the first time', [null, newest, 'go_on', null], anew],
    [
      'stays on the version that was begun',
      [attempt(1, false), newest, 'go_on', null],
      { kind: 'same', attemptId: 7, mode: 'normal' },
    ],
    [
      'stays on it also when the newer is to be taken again',
      [attempt(1, false), newest, 'go_on', 3],
      { kind: 'same', attemptId: 7, mode: 'normal' },
    ],
    ['takes the newest when asked to', [attempt(1, false), newest, 'begin_again', null], anew],
    [
      'looks back at what is finished',
      [attempt(1, true), newest, 'go_on', null],
      { kind: 'same', attemptId: 7, mode: 'review' },
    ],
    ['begins again when it is to be taken again', [attempt(2, true), newest, 'go_on', 3], anew],
    [
      'but not once that was done',
      [attempt(3, true), newest, 'go_on', 3],
      { kind: 'same', attemptId: 7, mode: 'review' },
    ],
  ])('%s', (_, given, plan) => {
    expect(planAttempt(...given)).toEqual(plan);
  });
});

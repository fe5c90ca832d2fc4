import { STEERING_GROUP_POLICY } from '../streak.rules.js';
import { agentMonths, ratedBy } from './agent-months.rules.js';
import { rated } from './rate.rules.js';

const POLICY = { ...STEERING_GROUP_POLICY, appliesFrom: '2026-01' };
const figure = (answered: number, resolved: number, warmTransferred: number | null = null) => ({
  answered,
  resolved,
  warmTransferred,
});
const GROUND = {
  months: ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09'],
  figures: new Map([
    ['2026-05', figure(100, 49, 5)],
    ['2026-07', figure(0, 0)],
    ['2026-08', figure(20, 10)],
  ]),
  imported: new Set(['2026-05', '2026-06', '2026-07', '2026-08']),
  all: new Map([['2026-05', figure(1_000, 600, 100)]]),
  policy: POLICY,
};

describe('agentMonths', () => {
  it('has every month, with what is known of it', () => {
    expect(
      agentMonths(GROUND).map(({ month, state, answered, isBelow, isFew, ddh }) => [
        month,
        state,
        answered,
        isBelow,
        isFew,
        ddh?.rate ?? null,
      ]),
    ).toEqual([
      ['2026-05', 'figure', 100, true, false, 0.6],
      ['2026-06', 'none', 0, null, true, null],
      ['2026-07', 'none', 0, null, true, null],
      ['2026-08', 'figure', 20, false, true, null],
      ['2026-09', 'not_imported', 0, null, true, null],
    ]);
  });

  it.each([
    ['counts warm transfers where the policy does', { ...POLICY, warmTransferCounts: true }, false, 0.7],
    ['passes over a month with too few calls', { ...POLICY, minimumCalls: 101 }, null, 0.6],
    ['judges nothing without a policy', null, null, 0.6],
  ])('%s', (_, policy, isBelow, ddh) => {
    const [first] = agentMonths({ ...GROUND, policy });
    expect([first!.isBelow, first!.ddh!.rate]).toEqual([isBelow, ddh]);
  });
});

describe('ratedBy', () => {
  it('falls back on the rate without warm transfers where nobody tells of them', () => {
    const policy = { warmTransferCounts: true };
    expect(ratedBy(policy, rated(figure(10, 4)))?.rate).toBe(0.4);
    expect(ratedBy(policy, rated(figure(10, 4, 1)))?.rate).toBe(0.5);
    expect(ratedBy(policy, rated(figure(0, 0)))).toBeNull();
  });
});

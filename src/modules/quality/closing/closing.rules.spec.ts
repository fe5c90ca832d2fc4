import { STEERING_GROUP_POLICY } from '../streak.rules.js';
import { closingFault } from './closing.rules.js';

const POLICY = {
  ...STEERING_GROUP_POLICY,
  appliesFrom: '2026-06',
  id: 1,
  agentFirstDays: 2,
  undoHours: 24,
};
const WHOLE = { policy: POLICY, isImported: true, missingMonths: [] as string[] };
const TODAY = '2026-11-02';

describe('closingFault', () => {
  it.each([
    ['a month that is over', '2026-10', WHOLE, undefined],
    ['this month', '2026-11', WHOLE, 'month_not_over'],
    ['a month that is to come', '2027-01', WHOLE, 'month_not_over'],
    ['a month without a policy', '2026-10', null, 'quality_policy_missing'],
    ['history', '2026-05', WHOLE, 'month_before_policy'],
    ['a month that is not imported', '2026-10', { ...WHOLE, isImported: false }, 'month_not_imported'],
    [
      'a month behind which one is missing',
      '2026-10',
      { ...WHOLE, missingMonths: ['2026-09'] },
      'months_missing',
    ],
  ])('%s', (_, month, assessed, code) => {
    expect(closingFault(assessed, month, TODAY)?.code).toBe(code);
  });

  it('is not over before its last day has ended', () => {
    expect(closingFault(WHOLE, '2026-10', '2026-10-31')?.code).toBe('month_not_over');
    expect(closingFault(WHOLE, '2026-10', '2026-11-01')).toBeUndefined();
  });
});

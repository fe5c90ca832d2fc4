import { agentChangeFaults } from './agent-changes.rules.js';

const before = { startOn: '2026-11-01', firstShiftOn: '2026-11-15', endOn: '2027-01-31' };
const faultsOf = (edit: object) =>
  agentChangeFaults(before, edit, '2026-11-21').map(({ field, code }) => `${field} ${code}`);

describe('agentChangeFaults', () => {
  it.each([
    ['nothing changed', {}, []],
    ['a start after the known first shift', { startOn: '2026-12-01' }, ['firstShiftOn before_start']],
    [
      'a start after the planned last day',
      { startOn: '2027-02-01', firstShiftOn: null },
      ['startOn after_last_day'],
    ],
    ['both moved', { startOn: '2026-12-01', firstShiftOn: '2026-12-10' }, []],
    ['no first shift any more', { startOn: '2026-12-01', firstShiftOn: null }, []],
    ['a shared box', { email: 'borgerservice@aarhus.test' }, ['email shared_mailbox']],
    ['attended tomorrow', { onboardingAttendedOn: '2026-11-22' }, ['onboardingAttendedOn in_the_future']],
    ['attended today', { onboardingAttendedOn: '2026-11-21' }, []],
  ])('%s', (_, edit, expected) => expect(faultsOf(edit)).toEqual(expected));
});

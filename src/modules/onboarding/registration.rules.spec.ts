import { registrationFaults, municipalityFor } from './registration.rules.js';

describe('registrationFaults', () => {
  const today = '2026-11-21';
  it.each([
    ['nothing wrong', { startOn: '2026-12-01', firstShiftOn: '2026-12-01', welcomeOn: today }, []],
    ['a start in the past is allowed', { startOn: '2026-10-01', kind: 'new' as const }, []],
    [
      'a start far back of a new agent',
      { startOn: '2024-01-01', kind: 'new' as const },
      ['startOn far_back'],
    ],
    ['a start far back of an existing agent', { startOn: '2014-01-01' }, []],
    [
      'a shared mailbox',
      { startOn: '2026-12-01', email: 'Borgerservice@aarhus.dk' },
      ['email shared_mailbox'],
    ],
    [
      'a shift before the start',
      { startOn: '2026-12-02', firstShiftOn: '2026-12-01' },
      ['firstShiftOn before_start'],
    ],
    [
      'a welcome on the day of the first shift',
      { startOn: '2026-12-01', firstShiftOn: '2026-12-08', welcomeOn: '2026-12-08' },
      ['welcomeOn after_first_shift'],
    ],
    ['a welcome yesterday', { startOn: '2026-12-02', welcomeOn: '2026-11-20' }, ['welcomeOn in_the_past']],
    [
      'done tomorrow',
      { startOn: '2020-01-01', elearningCompletedOn: '2026-11-22', onboardingAttendedOn: '2026-11-22' },
      ['elearningCompletedOn in_the_future', 'onboardingAttendedOn in_the_future'],
    ],
  ])('%s', (_, dates, expected) => {
    expect(
      registrationFaults({ email: 'anna@aarhus.dk', kind: 'existing', ...dates }, today).map(
        ({ field, code }) => `${field} ${code}`,
      ),
    ).toEqual(expected);
  });
});

describe('municipalityFor', () => {
  it.each([
    ["a leader's own is implied", undefined, ['751'], { code: '751' }],
    ['a leader may name the own', '751', ['751'], { code: '751' }],
    [
      'a leader may not name another',
      '615',
      ['751'],
      { fault: { field: 'municipalityCode', code: 'not_own_municipality' } },
    ],
    [
      'one who leads two has to say which',
      undefined,
      ['751', '615'],
      { fault: { field: 'municipalityCode', code: 'required' } },
    ],
    [
      'the secretariat has to say which',
      undefined,
      'all' as const,
      { fault: { field: 'municipalityCode', code: 'required' } },
    ],
    ['the secretariat may name any', '615', 'all' as const, { code: '615' }],
  ])('%s', (_, named, own, expected) => {
    expect(municipalityFor(named, own)).toEqual(expected);
  });
});

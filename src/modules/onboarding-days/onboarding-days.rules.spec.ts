import {
  nextOnboardingDay,
  placementOf,
  SEAT_INVARIANTS,
  type Attendee,
  type PlannedDay,
  type SeatDay,
  type SeatSnapshot,
} from './onboarding-days.rules.js';

const day = (on: string, changes: Partial<PlannedDay> = {}): PlannedDay => ({
  on,
  bookBy: on,
  isCancelled: false,
  ...changes,
});
const days = [day('2027-03-10'), day('2026-12-09'), day('2027-06-09')];

describe('nextOnboardingDay', () => {
  it.each([
    ['the first one after the start', days, '2026-12-01', '2026-11-21', '2026-12-09'],
    ['on the very day of the start', days, '2026-12-09', '2026-11-21', '2026-12-09'],
    ['not one before the start', days, '2026-12-10', '2026-11-21', '2027-03-10'],
    [
      'still on the last day of booking',
      [day('2026-12-09', { bookBy: '2026-12-01' })],
      '2026-11-01',
      '2026-12-01',
      '2026-12-09',
    ],
    [
      'not when booking is over',
      [day('2026-12-09', { bookBy: '2026-12-01' })],
      '2026-11-01',
      '2026-12-02',
      undefined,
    ],
    [
      'not a cancelled one',
      [day('2026-12-09', { isCancelled: true })],
      '2026-11-01',
      '2026-11-21',
      undefined,
    ],
    ['none when none is planned', [], '2026-11-01', '2026-11-21', undefined],
  ])('%s', (_, planned, startOn, today, expected) => {
    expect(nextOnboardingDay(planned, startOn, today)?.on).toBe(expected);
  });
});

describe('placementOf', () => {
  const today = '2026-11-22';
  const seats = (id: number, on: string, seatsTaken: number, changes: Partial<SeatDay> = {}): SeatDay => ({
    id,
    on,
    bookBy: on,
    isCancelled: false,
    capacity: 2,
    seatsTaken,
    ...changes,
  });
  const agent: Attendee = { startOn: '2026-12-01', lastOn: null, declinedDayIds: [] };
  const [december, march, june] = ['2026-12-09', '2027-03-10', '2027-06-09'];

  it.each<[string, SeatDay[], Attendee, number | null, number | null]>([
    ['the next day', [seats(2, march, 0), seats(1, december, 1)], agent, 1, null],
    ['full: a later seat and a place in line', [seats(1, december, 2), seats(2, march, 0)], agent, 2, 1],
    [
      'two full: in line for the earlier one alone',
      [seats(1, december, 2), seats(2, march, 2), seats(3, june, 0)],
      agent,
      3,
      1,
    ],
    ['all full: a place in line', [seats(1, december, 2), seats(2, march, 2)], agent, null, 1],
    ['none planned', [], agent, null, null],
    ['the last seat', [seats(1, december, 1)], agent, 1, null],
    [
      'one that was declined is passed over',
      [seats(1, december, 0), seats(2, march, 0)],
      { ...agent, declinedDayIds: [1] },
      2,
      null,
    ],
    ['none after the last day', [seats(2, march, 0)], { ...agent, lastOn: '2027-03-09' }, null, null],
    [
      'none before the start',
      [seats(1, december, 0), seats(2, march, 0)],
      { ...agent, startOn: '2026-12-10' },
      2,
      null,
    ],
    [
      'none that is cancelled',
      [seats(1, december, 0, { isCancelled: true }), seats(2, march, 0)],
      agent,
      2,
      null,
    ],
    ['none whose booking is over', [seats(1, december, 0, { bookBy: '2026-11-21' })], agent, null, null],
  ])('%s', (_, planned, who, seatDayId, waitDayId) => {
    expect(placementOf(planned, who, today)).toEqual({ seatDayId, waitDayId });
  });
});

describe('SEAT_INVARIANTS', () => {
  const snapshot: SeatSnapshot = {
    today: '2026-11-22',
    days: [{ id: 1, on: '2026-12-09', bookBy: '2026-12-02', isCancelled: false, capacity: 1, seatsTaken: 1 }],
    agents: [1, 2].map((id) => ({
      id,
      startOn: '2026-11-01',
      lastOn: null,
      declinedDayIds: [],
      isEmployed: true,
      isInNeed: true,
    })),
    bookings: [
      { agentId: 1, dayId: 1, status: 'booked', isUsed: false },
      { agentId: 2, dayId: null, status: 'unplaced', isUsed: false },
      { agentId: 2, dayId: 1, status: 'waitlisted', isUsed: false },
    ],
  };
  const broken = (changes: Partial<SeatSnapshot>) =>
    Object.entries(SEAT_INVARIANTS)
      .filter(([, holds]) => !holds({ ...snapshot, ...changes }))
      .map(([sentence]) => sentence);
  const [day] = snapshot.days as [SeatDay];
  type Place = SeatSnapshot['bookings'][number];
  const [seat, unplaced, wait] = snapshot.bookings as [Place, Place, Place];

  it('hold where everything is right', () => {
    expect(broken({})).toEqual([]);
  });

  it.each<[string, Partial<SeatSnapshot>]>([
    ['no day has more seats taken than it has', { days: [{ ...day, capacity: 0 }] }],
    ['the count of a day is the number of its seats', { days: [{ ...day, capacity: 2, seatsTaken: 2 }] }],
    ['nobody holds two seats', { bookings: [seat, unplaced, wait, { ...unplaced, agentId: 1 }] }],
    ['nobody stands in two lines', { bookings: [...snapshot.bookings, { ...wait, dayId: 2 }] }],
    [
      'nobody waits for the day of the own seat',
      { bookings: [...snapshot.bookings, { ...wait, agentId: 1 }] },
    ],
    ['a cancelled day holds nobody', { days: [{ ...day, isCancelled: true }] }],
    [
      'who has left holds nothing',
      { agents: snapshot.agents.map((agent) => ({ ...agent, isEmployed: agent.id === 1 })) },
    ],
    [
      'a seat lies within the employment',
      {
        agents: snapshot.agents.map((agent) => ({ ...agent, lastOn: agent.id === 1 ? '2026-12-01' : null })),
      },
    ],
    ['whoever must attend holds a seat or waits for one', { bookings: [seat, wait] }],
    ['no seat stays free while somebody in line could have it', { days: [{ ...day, capacity: 2 }] }],
  ])('tell when not: %s', (sentence, changes) => {
    expect(broken(changes)).toEqual([sentence]);
  });
});

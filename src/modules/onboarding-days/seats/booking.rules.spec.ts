import { bookingFault, mayLeave, type Booker } from './booking.rules.js';

const today = '2026-11-22';
const day = { id: 7, on: '2026-12-09', bookBy: '2026-12-02', isCancelled: false };
const agent = { startOn: '2026-11-01', lastOn: null, hasAttended: false, heldDayIds: [] as number[] };

describe('bookingFault', () => {
  it.each([
    ['nothing against it', day, agent, 'leader', undefined],
    ['a cancelled day', { ...day, isCancelled: true }, agent, 'secretariat', 'day_cancelled'],
    ['a day that is over', { ...day, on: '2026-11-21' }, agent, 'secretariat', 'day_over'],
    ['the last day of booking', { ...day, bookBy: today }, agent, 'agent', undefined],
    ['booking is over', { ...day, bookBy: '2026-11-21' }, agent, 'leader', 'booking_closed'],
    ['the secretariat knows of a chair', { ...day, bookBy: '2026-11-21' }, agent, 'secretariat', undefined],
    ['booked already', day, { ...agent, heldDayIds: [7] }, 'leader', 'already_booked'],
    ['starts on the day', day, { ...agent, startOn: '2026-12-09' }, 'leader', undefined],
    ['starts later', day, { ...agent, startOn: '2026-12-10' }, 'leader', 'before_employment'],
    ['leaves on the day', day, { ...agent, lastOn: '2026-12-09' }, 'leader', undefined],
    ['leaves before', day, { ...agent, lastOn: '2026-12-08' }, 'leader', 'after_employment'],
    ['has taken part', day, { ...agent, hasAttended: true }, 'secretariat', 'already_attended'],
  ] as const)('%s', (_, planned, who, by, fault) => {
    expect(bookingFault(planned, who, by, today)).toBe(fault);
  });
});

describe('mayLeave', () => {
  it.each<[string, Booker, boolean]>([
    ['2026-12-02', 'agent', true],
    ['2026-12-03', 'agent', false],
    ['2026-12-03', 'leader', true],
    ['2026-12-09', 'leader', true],
    ['2026-12-10', 'leader', false],
    ['2026-12-10', 'secretariat', false],
  ])('on %s as %s: %s', (on, by, expected) => {
    expect(mayLeave(day, by, on)).toBe(expected);
  });
});

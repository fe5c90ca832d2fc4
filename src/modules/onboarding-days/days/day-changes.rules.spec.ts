import { concernsParticipants, dayOverFault, mergeDay, type EditableDay } from './day-changes.rules.js';

const day: EditableDay = {
  on: '2026-12-09',
  startsAt: '2026-12-09T08:00:00.000Z',
  endsAt: '2026-12-09T14:30:00.000Z',
  venue: 'DOKK1',
  address: 'Aarhus C',
  directions: null,
  instructors: null,
  message: null,
  capacity: 24,
  bookBy: '2026-12-02',
};

describe('mergeDay', () => {
  it('keeps what is left out, and takes what is taken away', () => {
    const before = { ...day, message: 'Tag madpakke med' };
    expect(mergeDay(before, { venue: 'Rådhuset', message: null, capacity: undefined })).toEqual({
      ...day,
      venue: 'Rådhuset',
    });
  });
});

describe('concernsParticipants', () => {
  it.each([
    ['another venue', { venue: 'Rådhuset' }, true],
    ['another hour', { endsAt: '2026-12-09T15:00:00.000Z' }, true],
    ['more seats', { capacity: 30 }, false],
    ['another instructor', { instructors: 'Mette' }, false],
    ['longer booking', { bookBy: '2026-12-05' }, false],
    ['nothing', {}, false],
  ])('%s: %s', (_, changes, expected) => {
    expect(concernsParticipants(day, mergeDay(day, changes))).toBe(expected);
  });
});

describe('dayOverFault', () => {
  it.each([
    ['2026-12-09', false, undefined],
    ['2026-12-10', false, 'day_over'],
    ['2026-12-01', true, 'day_cancelled'],
  ])('on %s, cancelled %s: %s', (today, isCancelled, expected) => {
    expect(dayOverFault({ on: day.on, isCancelled }, today)).toBe(expected);
  });
});

import { dayStateOf } from './day-state.rules.js';

const TODAY = '2026-11-21';
const day = { on: '2026-12-09', bookBy: '2026-12-02', isCancelled: false, capacity: 2, seatsTaken: 1 };

describe('dayStateOf', () => {
  it.each([
    ['open', {}],
    ['open', { bookBy: TODAY }],
    ['full', { seatsTaken: 2 }],
    ['closed', { bookBy: '2026-11-20' }],
    ['closed', { bookBy: '2026-11-20', seatsTaken: 2 }],
    ['closed', { on: TODAY, bookBy: '2026-11-20' }],
    ['over', { on: '2026-11-20', bookBy: '2026-11-20' }],
    ['cancelled', { isCancelled: true }],
    ['cancelled', { isCancelled: true, on: '2026-11-20' }],
  ] as const)('%s: %j', (state, changes) => {
    expect(dayStateOf({ ...day, ...changes }, TODAY)).toBe(state);
  });
});

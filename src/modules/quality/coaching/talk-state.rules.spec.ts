import type { CaseState } from '../notices/case-state.rules.js';
import {
  firstState,
  isBooked,
  isUnderWay,
  mayMove,
  TALK_STATES,
  type TalkMove,
  type TalkState,
} from './talk-state.rules.js';

const MOVES = TALK_STATES.filter((state) => state !== 'offered' && state !== 'prepared');

describe('a talk', () => {
  it.each<[TalkState, TalkMove[]]>([
    ['offered', ['accepted', 'declined', 'held', 'not_held', 'cancelled']],
    ['accepted', ['accepted', 'declined', 'held', 'not_held', 'cancelled']],
    ['declined', ['declined']],
    ['held', ['held', 'not_held']],
    ['not_held', ['held', 'not_held']],
    ['cancelled', ['cancelled']],
    ['prepared', ['cancelled']],
  ])('that is %s may become %j and nothing else', (state, expected) => {
    expect(MOVES.filter((move) => mayMove(state, move))).toEqual(expected);
  });

  it('is under way until it has ended', () => {
    expect(TALK_STATES.filter(isUnderWay)).toEqual(['prepared', 'offered', 'accepted']);
  });

  it.each<[CaseState, TalkState | null]>([
    ['pending', 'prepared'],
    ['with_agent', 'prepared'],
    ['held', 'prepared'],
    ['notified', 'offered'],
    ['closed', null],
    ['withdrawn', null],
  ])('on a case that is %s begins as %s', (state, expected) => {
    expect(firstState(state)).toBe(expected);
  });

  it.each<[TalkState, Date | null, boolean]>([
    ['accepted', new Date(), true],
    ['accepted', null, false],
    ['offered', new Date(), false],
    ['held', new Date(), false],
  ])('that is %s at %s stands in calendars: %s', (state, startsAt, expected) => {
    expect(isBooked({ state, startsAt })).toBe(expected);
  });
});

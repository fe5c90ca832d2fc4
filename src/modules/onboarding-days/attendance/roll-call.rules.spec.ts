import { asMark, changedRows, countMarks, fieldsOf, isRollCallOpen, shownAs } from './roll-call.rules.js';

const mark = (status: 'attended' | 'partial' | 'no_show' | 'excused', changes: object = {}) => ({
  status,
  mustAttendAgain: false,
  reason: null,
  note: null,
  ...changes,
});

/** What a browser posts of a row that nobody has touched. */
function untouched(agentId: number, known: ReturnType<typeof mark> | null): Record<string, string> {
  const fields = fieldsOf(known);
  return {
    [`was-${agentId}`]: shownAs(fields),
    ...(fields.status && { [`status-${agentId}`]: fields.status }),
    ...(fields.again && { [`again-${agentId}`]: fields.again }),
    [`reason-${agentId}`]: fields.reason,
    [`note-${agentId}`]: fields.note,
  };
}

describe('isRollCallOpen', () => {
  it.each([
    ['2026-12-08', false, false],
    ['2026-12-09', false, true],
    ['2026-12-10', false, true],
    ['2026-12-09', true, false],
  ])('on %s, cancelled: %s', (today, isCancelled, isOpen) => {
    expect(isRollCallOpen({ on: '2026-12-09', isCancelled }, today)).toBe(isOpen);
  });
});

describe('countMarks', () => {
  it('counts each kind, those who are not marked, and all', () => {
    const rows = [mark('attended'), mark('attended'), mark('excused'), null].map((attendance) => ({
      attendance,
    }));
    expect(countMarks(rows)).toEqual({
      attended: 2,
      partial: 0,
      no_show: 0,
      excused: 1,
      unmarked: 1,
      all: 4,
    });
  });
});

describe('changedRows', () => {
  it.each([
    ['nobody marked', null],
    ['there', mark('attended')],
    ['there, with a note', mark('attended', { note: 'kom | til frokost' })],
    ['partly', mark('partial', { reason: 'work' })],
    ['partly, to come again', mark('partial', { mustAttendAgain: true })],
    ['not there', mark('no_show', { mustAttendAgain: true, reason: 'transport' })],
    ['excused', mark('excused', { mustAttendAgain: true, reason: 'leave', note: 'Barsel' })],
  ])('leaves a row alone that was not touched: %s', (_, known) => {
    expect(changedRows(untouched(12, known))).toEqual([]);
  });

  it('takes the row that was marked, and no other', () => {
    const posted = { ...untouched(12, null), ...untouched(13, mark('attended')), 'status-12': 'no_show' };
    expect(changedRows(posted)).toEqual([
      { agentId: 12, status: 'no_show', again: '', reason: '', note: '' },
    ]);
  });

  it('drops what a correction to "there" makes pointless', () => {
    const known = mark('excused', { mustAttendAgain: true, reason: 'work' });
    const posted = { ...untouched(12, known), 'status-12': 'attended' };
    expect(changedRows(posted)).toEqual([
      { agentId: 12, status: 'attended', again: '', reason: '', note: '' },
    ]);
  });

  it('tells of a note without a mark, so that it is not lost without a word', () => {
    expect(changedRows({ ...untouched(12, null), 'note-12': 'x' })).toMatchObject([
      { status: '', note: 'x' },
    ]);
  });

  it('reads no row from other fields', () => {
    expect(changedRows({ 'was-0': '', 'was-12x': '', 'was-99999999999': '', 'status-1': 'x' })).toEqual([]);
  });
});

describe('asMark', () => {
  it.each([
    ['yes', { mustAttendAgain: true }],
    ['no', { mustAttendAgain: false }],
    ['', {}],
  ])('again %j', (again, expected) => {
    const row = { agentId: 12, status: 'partial', again, reason: 'work', note: '' };
    expect(asMark(row)).toEqual({ agentId: 12, status: 'partial', reason: 'work', note: null, ...expected });
  });
});

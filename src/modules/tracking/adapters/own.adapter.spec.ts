import { readOwnMessage } from './own.adapter.js';

const base = { type: 'course.completed', id: 'x', occurredAt: '2026-11-21T12:00:00Z', enrolment: 'abc' };

describe('readOwnMessage', () => {
  it.each([
    ['completed by its type', base, { completion: 'completed', success: null }],
    ['the field wins over the type', { ...base, completion: 'incomplete' }, { completion: 'incomplete' }],
    ['progress says nothing of completion', { ...base, type: 'course.progressed' }, { completion: null }],
    [
      'unknown is nothing',
      { ...base, completion: 'unknown', success: 'unknown' },
      { completion: 'completed', success: null },
    ],
    ['an endless time is none', { ...base, seconds: 1e300 }, { seconds: null }],
    ['our reference as it was given', base, { targets: [{ enrolment: 'abc' }], counts: true }],
    [
      'an offset',
      { ...base, occurredAt: '2026-11-21T13:00:00+01:00' },
      { occurredAt: new Date('2026-11-21T12:00:00Z') },
    ],
    [
      'learner and course',
      { ...base, enrolment: undefined, learner: { email: 'A@b.dk' }, course: { code: 'Intro' } },
      { targets: [{ email: 'A@b.dk', courseCode: 'intro' }] },
    ],
  ])('%s', (_, body, expected) => {
    expect(readOwnMessage(body)).toMatchObject(expected);
  });

  it.each([
    ['no target', { ...base, enrolment: undefined }],
    ['another type', { ...base, type: 'course.deleted' }],
    ['a day that does not exist', { ...base, occurredAt: '2026-02-30T12:00:00Z' }],
    ['year 0', { ...base, occurredAt: '0000-01-01T00:00:00+14:00' }],
    ['year 10000', { ...base, occurredAt: '9999-12-31T23:59:59-10:00' }],
    ['not an object', ['x']],
    ['nothing', null],
    ['negative seconds', { ...base, seconds: -1 }],
  ])('does not understand: %s', (_, body) => {
    expect(readOwnMessage(body)).toBeUndefined();
  });
});

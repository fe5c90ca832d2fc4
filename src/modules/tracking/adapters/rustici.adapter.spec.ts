import { readRusticiMessage, rusticiMessageId } from './rustici.adapter.js';

const REFERENCE = '0123456789abcdef0123456789abcdef';
const base = {
  id: REFERENCE,
  instance: 0,
  updated: '2026-11-21T12:30:00.000Z',
  registrationCompletion: 'COMPLETED',
  registrationSuccess: 'PASSED',
  registrationCompletionAmount: 'NaN',
  score: { scaled: 7.0000000000000009 },
  totalSecondsTracked: 61.5,
  completedDate: '2026-11-20T08:00:00.000Z',
  course: { id: 'Intro', title: 'Introduktion', version: 0 },
  learner: { id: 'anna@b.dk', email: 'anna@b.dk', firstName: 'Anna', lastName: 'B' },
};

describe('readRusticiMessage', () => {
  it('reads a result', () => {
    expect(readRusticiMessage(base)).toEqual({
      targets: [{ enrolment: REFERENCE }, { email: 'anna@b.dk', courseCode: 'intro' }],
      occurredAt: new Date(base.completedDate),
      completion: 'completed',
      success: 'passed',
      scoreScaled: 0.07,
      seconds: 61.5,
      counts: true,
    });
  });

  it.each([
    ['UNKNOWN and PASSED', { registrationCompletion: 'UNKNOWN' }, { completion: null, success: 'passed' }],
    [
      'neither is known',
      { registrationCompletion: 'UNKNOWN', registrationSuccess: 'UNKNOWN' },
      { completion: null, success: null },
    ],
    ['failed', { registrationSuccess: 'FAILED' }, { completion: 'completed', success: 'failed' }],
    [
      'not completed: the update tells when',
      { registrationCompletion: 'INCOMPLETE' },
      { occurredAt: new Date(base.updated) },
    ],
    ['completed without a date', { completedDate: null }, { occurredAt: new Date(base.updated) }],
    ['no time at all', { completedDate: undefined, updated: 'soon' }, { occurredAt: null }],
    ['no score', { score: null }, { scoreScaled: null }],
    ['a score that is none', { score: { scaled: 'NaN' } }, { scoreScaled: null }],
    ['a full score', { score: { scaled: 100 } }, { scoreScaled: 1 }],
    ['a time that is none', { totalSecondsTracked: 'NaN' }, { seconds: null }],
    ['a negative time', { totalSecondsTracked: -1 }, { seconds: null }],
    [
      'fields of another type',
      { score: 'high', course: 7, learner: [], updated: {} },
      { targets: [{ enrolment: REFERENCE }] },
    ],
    [
      "a host's own id",
      { id: 'reg-17' },
      {
        targets: [{ email: 'anna@b.dk', courseCode: 'intro' }],
      },
    ],
    [
      'our reference as a UUID',
      { id: '01234567-89AB-cdef-0123-456789abcdef', course: null },
      { targets: [{ enrolment: REFERENCE }] },
    ],
    [
      "a learner's id that is no address",
      { id: 'x', learner: { id: '17', email: 'a@b.dk' } },
      { targets: [{ email: 'a@b.dk', courseCode: 'intro' }] },
    ],
    ['nobody: for a person to sort out', { id: 'x', learner: null }, { targets: [] }],
  ])('%s', (_, changes, expected) => {
    expect(readRusticiMessage({ ...base, ...changes })).toMatchObject(expected);
  });

  it.each([
    ['the body itself', base],
    ['the body holds it', { registration: base }],
  ])('reads the envelope: %s', (_, body) => {
    const envelope = {
      payloadId: 'p-1',
      topic: 'RegistrationChanged',
      timestamp: '2026-11-22T00:00:00Z',
      body,
    };
    expect(readRusticiMessage(envelope)).toEqual(readRusticiMessage(base));
    expect(rusticiMessageId(envelope)).toBe('p-1');
  });

  it("takes the envelope's time when the result has none", () => {
    const body = { ...base, completedDate: null, updated: null };
    const envelope = {
      payloadId: 'p',
      topic: 'RegistrationChanged',
      timestamp: '2026-11-22T00:00:00Z',
      body,
    };
    expect(readRusticiMessage(envelope)?.occurredAt).toEqual(new Date(envelope.timestamp));
  });

  it.each([
    ['another topic', { payloadId: 'p', topic: 'CourseDeleted', timestamp: 'x', body: base }],
    ['something else', { hello: 'there' }],
    ['a list', [base]],
    ['a text', 'x'],
    ['nothing', null],
  ])('does not understand %s', (_, body) => {
    expect(readRusticiMessage(body)).toBeUndefined();
  });

  it('names no plain result', () => {
    expect(rusticiMessageId(base)).toBeUndefined();
    expect(rusticiMessageId(null)).toBeUndefined();
  });
});

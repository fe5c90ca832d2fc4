import { readXapiMessage, xapiMessageId } from './xapi.adapter.js';

const VERBS = 'http://adlnet.gov/expapi/verbs/';
const base = {
  id: '7CCD3322-6b24-4a7d-9d1e-2f1b0e0c0001',
  actor: { mbox: 'mailto:Anna@b.dk' },
  verb: { id: `${VERBS}passed` },
  object: { id: 'https://host.example/courses/Intro/' },
  result: { completion: true, score: { scaled: 0.8 }, duration: 'PT1M30.5S' },
  timestamp: '2026-11-21T12:00:00Z',
};
const verb = (name: string) => ({ ...base, verb: { id: `${VERBS}${name}` } });

describe('readXapiMessage', () => {
  it('reads a statement', () => {
    expect(readXapiMessage(base)).toEqual({
      targets: [{ email: 'Anna@b.dk', courseCode: 'intro' }],
      occurredAt: new Date(base.timestamp),
      completion: 'completed',
      success: 'passed',
      scoreScaled: 0.8,
      seconds: 90.5,
      counts: true,
    });
    expect(readXapiMessage([base])).toEqual(readXapiMessage(base));
  });

  const none = { completion: null, success: null };
  it.each([
    ['completed', verb('completed'), { completion: 'completed', success: null, counts: true }],
    ['passed', { ...base, result: {} }, { completion: null, success: 'passed', counts: true }],
    ['failed', { ...verb('failed'), result: undefined }, { completion: null, success: 'failed' }],
    ['failed and completed', verb('failed'), { completion: 'completed', success: 'failed' }],
    ['initialized', verb('initialized'), { ...none, scoreScaled: null, seconds: 90.5, counts: true }],
    ['terminated', verb('terminated'), { ...none, scoreScaled: null, seconds: 90.5, counts: true }],
    ['answered', verb('answered'), { ...none, scoreScaled: null, seconds: null, counts: false }],
    ['voided', verb('voided'), { ...none, counts: false }],
    [
      'waived, which is ours to say',
      { ...base, verb: { id: 'https://w3id.org/xapi/adl/verbs/waived' } },
      { ...none, counts: false },
    ],
    [
      'a verb of somebody else',
      { ...base, verb: { id: 'https://x.example/passed' } },
      { ...none, counts: false },
    ],
    [
      'a part of a course',
      { ...base, context: { contextActivities: { parent: [{ id: 'https://host.example/courses/intro' }] } } },
      { ...none, counts: false },
    ],
    [
      'its own parent',
      { ...base, context: { contextActivities: { parent: { id: base.object.id } } } },
      { success: 'passed', counts: true },
    ],
    ['a score that is none', { ...base, result: { score: { scaled: 'NaN' } } }, { scoreScaled: null }],
    [
      'stored, for want of a timestamp',
      { ...base, timestamp: null, stored: '2026-11-20T00:00:00Z' },
      { occurredAt: new Date('2026-11-20T00:00:00Z') },
    ],
    ['no time', { ...base, timestamp: undefined }, { occurredAt: null }],
    [
      'an account',
      { ...base, actor: { account: { homePage: 'https://h.example', name: 'a@b.dk' } } },
      { targets: [{ email: 'a@b.dk', courseCode: 'intro' }] },
    ],
    [
      'our reference as the registration',
      { ...base, context: { registration: '01234567-89ab-cdef-0123-456789abcdef' } },
      {
        targets: [
          { enrolment: '0123456789abcdef0123456789abcdef', courseCodes: ['intro'] },
          { email: 'Anna@b.dk', courseCode: 'intro' },
        ],
      },
    ],
    ['a hash of an address', { ...base, actor: { mbox_sha1sum: 'x' } }, { targets: [] }],
  ])('%s', (_, statement, expected) => {
    expect(readXapiMessage(statement)).toMatchObject(expected);
  });

  it.each([
    ['several at once', [base, base]],
    ['none', []],
    ['no actor', { ...base, actor: undefined }],
    ['no verb', { ...base, verb: {} }],
    ['no object', { ...base, object: null }],
    ['a text', 'x'],
    ['nothing', null],
  ])('does not understand %s', (_, body) => {
    expect(readXapiMessage(body)).toBeUndefined();
  });

  it('takes the id of a statement, and nothing else for one', () => {
    expect(xapiMessageId(base)).toBe('7ccd3322-6b24-4a7d-9d1e-2f1b0e0c0001');
    for (const id of ['1', 7, null, undefined]) expect(xapiMessageId({ ...base, id })).toBeUndefined();
    expect(xapiMessageId(null)).toBeUndefined();
  });
});

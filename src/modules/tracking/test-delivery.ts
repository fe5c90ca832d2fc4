import { Webhook } from 'standardwebhooks';
import { randomToken } from '../../common/crypto.js';
import type { ConnectionShape } from './adapters/read-message.js';
import type { OpenConnection } from './connection.queries.js';
import type { Delivery } from './delivery.js';

/** Nobody has this address: the top-level domain is reserved for such uses (RFC 2606 §2). */
const NOBODY = 'test@example.invalid';

type Sample = (mark: string, at: string) => unknown;

/** A completion as a host of each shape would report it, of a course and an enrolment that cannot exist. */
const SAMPLES: Record<ConnectionShape, Sample> = {
  own: (mark, occurredAt) => ({
    type: 'course.completed',
    id: mark,
    occurredAt,
    // Our references are hexadecimal, without a hyphen.
    enrolment: mark,
    completion: 'completed',
    success: 'passed',
    score: { scaled: 0.9 },
    seconds: 600,
  }),
  rustici: (mark, at) => ({
    id: mark,
    instance: 0,
    updated: at,
    registrationCompletion: 'COMPLETED',
    registrationSuccess: 'PASSED',
    score: { scaled: 90 },
    totalSecondsTracked: 600,
    completedDate: at,
    course: { id: mark, title: 'Test', version: 0 },
    learner: { id: NOBODY, email: NOBODY, firstName: 'Test', lastName: 'Test' },
  }),
  xapi: (mark, timestamp) => ({
    actor: { mbox: `mailto:${NOBODY}` },
    verb: { id: 'http://adlnet.gov/expapi/verbs/passed' },
    object: { id: `https://example.invalid/${mark}` },
    result: { completion: true, score: { scaled: 0.9 }, duration: 'PT10M' },
    timestamp,
  }),
  'scorm-commit': (mark) => ({
    completionStatus: 'completed',
    successStatus: 'passed',
    totalTimeSeconds: 600,
    score: { raw: 90, min: 0, max: 100 },
    courseId: mark,
    learnerId: NOBODY,
    runtimeData: { cmi: {} },
    commitSequence: 1,
  }),
};

/** A test message as the host itself would deliver it, with the present secret: signed, or by Rustici's password. */
export function testDelivery(connection: Pick<OpenConnection, 'key' | 'shape' | 'secrets'>): Delivery {
  // Signatures are judged by the machine's time, and so they are made by it.
  const at = new Date();
  const mark = `test-${randomToken().slice(0, 16).toLowerCase()}`;
  const text = JSON.stringify(SAMPLES[connection.shape](mark, at.toISOString()));
  const [secret] = connection.secrets;
  const body = Buffer.from(text);
  if (connection.shape === 'rustici')
    return { headers: { authorization: basic(connection.key, secret!) }, body };
  const headers = {
    'webhook-id': mark,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret!).sign(mark, at, text),
  };
  return { headers, body };
}

function basic(userName: string, password: string): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}

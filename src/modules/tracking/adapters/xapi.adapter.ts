import { z } from 'zod';
import { instantOf } from './instant.rules.js';
import { scaledScore, secondsOfDuration, type ScormStatus } from './scorm.rules.js';
import { learnerIn, referenceIn, type MessageTarget, type UnderstoodMessage } from './understood-message.js';

const text = z.string().max(2000).nullish().catch(null);

const statement = z.object({
  id: text,
  actor: z.object({
    mbox: text,
    account: z.object({ name: text }).nullish().catch(null),
  }),
  verb: z.object({ id: z.string().max(2000) }),
  object: z.object({ id: z.string().min(1).max(2000) }),
  result: z
    .object({
      completion: z.boolean().nullish().catch(null),
      score: z.object({}).loose().nullish().catch(null),
      duration: text,
    })
    .nullish()
    .catch(null),
  context: z
    .object({
      registration: text,
      contextActivities: z.object({ parent: z.unknown() }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  timestamp: text,
  stored: text,
});

type Statement = z.output<typeof statement>;

const VERBS = 'http://adlnet.gov/expapi/verbs/';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads one statement (xAPI 1.0.3 and 2.0), or an array that holds a single one; undefined when it is none.
 * Statements about a part of a course, and verbs that say nothing of completion, are
 * understood and do not count.
 */
export function readXapiMessage(body: unknown): UnderstoodMessage | undefined {
  const [only, ...others] = Array.isArray(body) ? (body as unknown[]) : [body];
  const parsed = statement.safeParse(only);
  if (!parsed.success || others.length > 0) return undefined;
  const { result, timestamp, stored } = parsed.data;
  const status = isAboutWhole(parsed.data) ? statusOf(parsed.data) : undefined;
  return {
    targets: targetsOf(parsed.data),
    occurredAt: instantOf(timestamp) ?? instantOf(stored),
    completion: status?.completion ?? null,
    success: status?.success ?? null,
    scoreScaled: status?.saysResult ? scaledScore(result?.score) : null,
    seconds: status ? secondsOfDuration(result?.duration) : null,
    counts: status !== undefined,
  };
}

/** The statement's own id; two statements with one id are the same (xAPI §2.4.1). */
export function xapiMessageId(body: unknown): string | undefined {
  const id = statement.shape.id.safeParse((body as { id?: unknown } | null)?.id).data;
  return id && UUID.test(id) ? id.toLowerCase() : undefined;
}

/** What the verb says (docs/connections.md, the table of statuses); undefined for verbs without effect. */
function statusOf({ verb, result }: Statement): (ScormStatus & { saysResult: boolean }) | undefined {
  const completion = result?.completion ? 'completed' : null;
  switch (verb.id.startsWith(VERBS) ? verb.id.slice(VERBS.length) : '') {
    case 'completed':
      return { completion: 'completed', success: null, saysResult: true };
    case 'passed':
      return { completion, success: 'passed', saysResult: true };
    case 'failed':
      return { completion, success: 'failed', saysResult: true };
    case 'initialized':
    case 'terminated':
      return { completion: null, success: null, saysResult: false };
    default:
      return undefined;
  }
}

/** A statement with a parent is about a part: a quiz, a slide, a video. */
function isAboutWhole({ object, context }: Statement): boolean {
  const given = context?.contextActivities?.parent;
  const parents = (Array.isArray(given) ? given : given ? [given] : []) as ({ id?: unknown } | null)[];
  return parents.every((parent) => parent?.id === object.id);
}

/** The registration or the account may be our reference; else the learner's address with the activity as the course. */
function targetsOf({ actor, object, context }: Statement): MessageTarget[] {
  const account = actor.account?.name;
  const codes = codesOf(object.id);
  const email = /^mailto:/i.test(actor.mbox ?? '') ? actor.mbox!.slice('mailto:'.length) : null;
  return [
    // Content reports on its parts under the same registration, often without naming a parent.
    ...referenceIn(context?.registration, codes),
    ...referenceIn(account, codes),
    ...[email, account].flatMap((learner) => codes.flatMap((code) => learnerIn(learner, code))),
  ];
}

/** `https://host.example/courses/intro/` is the course `intro`, unless it is the code itself. */
function codesOf(activity: string): string[] {
  const last = activity
    .split(/[?#]/)[0]!
    .split(/[/:]/)
    .findLast((part) => part !== '');
  return [...new Set([activity, last ?? ''])]
    .map((code) => code.toLowerCase())
    .filter((code) => code !== '' && !/[/:]/.test(code));
}

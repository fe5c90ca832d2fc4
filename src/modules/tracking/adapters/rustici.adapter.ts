import { z } from 'zod';
import { instantOf } from './instant.rules.js';
import { scaledScore, scorm2004Status, secondsIn } from './scorm.rules.js';
import { learnerIn, referenceIn, type UnderstoodMessage } from './understood-message.js';

/** Hosts fill in what they have: a field that cannot be used must not cost the rest of the result. */
const text = z.string().max(1000).nullish().catch(null);

const registration = z.object({
  id: text,
  updated: text,
  completedDate: text,
  registrationCompletion: text,
  registrationSuccess: text,
  score: z.object({ scaled: z.unknown() }).nullish().catch(null),
  totalSecondsTracked: z.unknown(),
  course: z.object({ id: text }).nullish().catch(null),
  learner: z.object({ id: text, email: text }).nullish().catch(null),
});

const envelope = z.object({
  payloadId: text,
  topic: z.string(),
  timestamp: text,
  body: z.object({}).loose(),
});

/** The one topic whose body is a result. */
const RESULT_TOPIC = 'RegistrationChanged';

/**
 * Reads a registration result of SCORM Cloud or Rustici Engine, plain or in the envelope of its webhooks; undefined when
 * it is neither, or the topic is another one. The scaled score is 0 to 100 there.
 */
export function readRusticiMessage(body: unknown): UnderstoodMessage | undefined {
  const { result, sentAt } = resultIn(body);
  const parsed = registration.safeParse(result);
  // What tells neither is something else, however many of the other fields it has.
  if (!parsed.success || !(parsed.data.registrationCompletion ?? parsed.data.registrationSuccess))
    return undefined;
  const { id, course, learner, completedDate, updated } = parsed.data;
  const targets = [
    ...referenceIn(id),
    // Many hosts write the address twice.
    ...(course?.id ? [...new Set([learner?.id, learner?.email])] : []).flatMap((one) =>
      learnerIn(one, course?.id),
    ),
  ];
  const status = scorm2004Status(parsed.data.registrationCompletion, parsed.data.registrationSuccess);
  const ended = status.completion === 'completed' ? instantOf(completedDate) : null;
  return {
    targets,
    occurredAt: ended ?? instantOf(updated) ?? instantOf(sentAt),
    ...status,
    scoreScaled: scaledScore({ raw: parsed.data.score?.scaled }),
    seconds: secondsIn(parsed.data.totalSecondsTracked),
    counts: true,
  };
}

/** What the envelope calls the message, whatever its topic; a plain result has no name. */
export function rusticiMessageId(body: unknown): string | undefined {
  return envelope.safeParse(body).data?.payloadId ?? undefined;
}

function resultIn(body: unknown): { result: unknown; sentAt?: string | null | undefined } {
  const wrapped = envelope.safeParse(body).data;
  if (!wrapped) return { result: body };
  if (wrapped.topic !== RESULT_TOPIC) return { result: undefined };
  return { result: wrapped.body['registration'] ?? wrapped.body, sentAt: wrapped.timestamp };
}

import { z } from 'zod';
import { instantOf } from './instant.rules.js';
import { scaledScore, scorm2004Status, secondsIn } from './scorm.rules.js';
import { type MessageTarget, type UnderstoodMessage } from './understood-message.js';

const score = z.object({
  scaled: z.number().optional(),
  raw: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

const message = z.object({
  type: z.enum(['course.completed', 'course.progressed']),
  // Some hosts send offsets; an instant is an instant.
  occurredAt: z.iso.datetime({ offset: true }),
  enrolment: z.string().min(1).max(100).optional(),
  learner: z.object({ email: z.string().min(1).max(254) }).optional(),
  course: z.object({ code: z.string().min(1).max(60) }).optional(),
  completion: z.enum(['completed', 'incomplete', 'unknown']).nullish(),
  success: z.enum(['passed', 'failed', 'unknown']).nullish(),
  score: score.nullish(),
  seconds: z.number().min(0).nullish(),
});

/** Reads a message of our own shape; undefined when it is not one. Unknown fields are passed over. */
export function readOwnMessage(body: unknown): UnderstoodMessage | undefined {
  const parsed = message.safeParse(body);
  if (!parsed.success) return undefined;
  const { type, enrolment, learner, course } = parsed.data;
  const targets: MessageTarget[] = enrolment
    ? [{ enrolment }]
    : learner && course
      ? [{ email: learner.email, courseCode: course.code.toLowerCase() }]
      : [];
  const occurredAt = instantOf(parsed.data.occurredAt);
  if (targets.length === 0 || !occurredAt) return undefined;
  const { completion, success } = scorm2004Status(parsed.data.completion, parsed.data.success);
  return {
    targets,
    occurredAt,
    completion: completion ?? (type === 'course.completed' ? 'completed' : null),
    success,
    scoreScaled: scaledScore(parsed.data.score),
    seconds: secondsIn(parsed.data.seconds),
    counts: true,
  };
}

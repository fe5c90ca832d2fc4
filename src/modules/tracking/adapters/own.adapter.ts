import { z } from 'zod';

/** Whom a message is about: our own reference, or the learner's address and the course's code. */
export type MessageTarget = { enrolment: string } | { email: string; courseCode: string };

/** What an adapter understood of a message. */
export interface UnderstoodMessage {
  target: MessageTarget;
  occurredAt: Date;
  completion: 'completed' | 'incomplete' | null;
  success: 'passed' | 'failed' | null;
  scoreScaled: number | null;
  seconds: number | null;
}

const score = z.object({
  scaled: z.number().optional(),
  raw: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

const message = z.object({
  type: z.enum(['course.completed', 'course.progressed']),
  // Some hosts send offsets; an instant is an instant. One out of all reason could never be corrected, since the earliest
  // completion stays, and MariaDB could not store it.
  occurredAt: z.iso
    .datetime({ offset: true })
    .refine((text) => text >= '2000-01-02' && new Date(text) < new Date('2100-01-01T00:00:00Z')),
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
  const { type, enrolment, learner, course, completion, success } = parsed.data;
  const target = enrolment
    ? { enrolment }
    : learner && course && { email: learner.email, courseCode: course.code.toLowerCase() };
  if (!target) return undefined;
  return {
    target,
    occurredAt: new Date(parsed.data.occurredAt),
    completion: known(completion) ?? (type === 'course.completed' ? 'completed' : null),
    success: known(success),
    scoreScaled: scaledScore(parsed.data.score),
    seconds: parsed.data.seconds ?? null,
  };
}

/**
 * A score on the scale −1 to 1: the scaled one when given, else where the raw one lies between the limits, else the raw
 * one as a percentage.
 */
export function scaledScore(given: z.output<typeof score> | null | undefined): number | null {
  if (!given) return null;
  const { scaled, raw, min = 0, max } = given;
  if (scaled !== undefined) return clamp(scaled);
  if (raw === undefined) return null;
  return clamp(max !== undefined && max > min ? (raw - min) / (max - min) : raw / 100);
}

/** Limits far apart make Infinity / Infinity; such a score says nothing. */
function clamp(value: number): number | null {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : null;
}

function known<T extends string>(value: T | null | undefined): Exclude<T, 'unknown'> | null {
  return value && value !== 'unknown' ? (value as Exclude<T, 'unknown'>) : null;
}

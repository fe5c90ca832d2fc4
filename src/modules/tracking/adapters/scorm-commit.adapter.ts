import { z } from 'zod';
import { scaledScore, scorm12Status, scorm2004Status, secondsIn } from './scorm.rules.js';
import { learnerIn, referenceIn, type UnderstoodMessage } from './understood-message.js';

const text = z.string().max(1000).nullish().catch(null);

const cmi = z.object({
  core: z.object({ student_id: text, lesson_status: text }).nullish().catch(null),
  learner_id: text,
});

const commit = z.object({
  completionStatus: z.string().max(100),
  successStatus: text,
  totalTimeSeconds: z.unknown(),
  score: z.object({}).loose().nullish().catch(null),
  runtimeData: z
    .object({ cmi: cmi.nullish().catch(null) })
    .nullish()
    .catch(null),
  enrolment: text,
  courseId: text,
  learnerId: text,
});

/**
 * Reads a commit of scorm-again with `renderCommonCommitFields`; undefined when it is none. The
 * reference stands in `enrolment` or is the learner's id; else that is an address, and `courseId` the course's code. A
 * commit does not say when it was made.
 */
export function readScormCommit(body: unknown): UnderstoodMessage | undefined {
  const parsed = commit.safeParse(body);
  if (!parsed.success) return undefined;
  const { enrolment, courseId, score, runtimeData, totalTimeSeconds } = parsed.data;
  const core = runtimeData?.cmi?.core;
  const learner = parsed.data.learnerId ?? core?.student_id ?? runtimeData?.cmi?.learner_id;
  const targets = [...referenceIn(enrolment), ...referenceIn(learner), ...learnerIn(learner, courseId)];
  // SCORM 1.2 has one word for both; scorm-again tells a failed lesson as incomplete, which it need not be.
  const status = core?.lesson_status
    ? scorm12Status(core.lesson_status)
    : scorm2004Status(parsed.data.completionStatus, parsed.data.successStatus);
  return {
    targets,
    occurredAt: null,
    ...status,
    scoreScaled: scaledScore(score),
    seconds: secondsIn(totalTimeSeconds),
    counts: true,
  };
}

/** Whose answers to which versions, as parts of a statement: a column, or `?`. */
export interface AnswerParts {
  agent: string;
  guide: string;
  /** The lowest number that answers. */
  from: string;
}

/** The e-learning of a version that an agent has completed or is let off: it answers as a receipt of that version would. */
const COMPLETED = `guide_version cv
  JOIN enrolment ce ON ce.courseId = cv.courseId AND ce.state IN ('completed', 'waived')
  JOIN agent ca ON ca.personId = ce.personId`;

/** Whether an agent has answered for a version: read it or a later one, or completed the e-learning of one. */
export function isAnswered({ agent, guide, from }: AnswerParts): string {
  return `(EXISTS (SELECT 1 FROM read_receipt rr WHERE rr.agentId = ${agent} AND rr.guideId = ${guide} AND rr.number >= ${from})
    OR EXISTS (SELECT 1 FROM ${COMPLETED} WHERE ca.id = ${agent} AND cv.guideId = ${guide} AND cv.number >= ${from}))`;
}

/** When an agent gave the first receipt that answers, and when the first e-learning that does was completed: two expressions. */
export function answeredAt({ agent, guide, from }: AnswerParts): [read: string, completed: string] {
  return [
    `(SELECT MIN(rr.readAt) FROM read_receipt rr
       WHERE rr.agentId = ${agent} AND rr.guideId = ${guide} AND rr.number >= ${from})`,
    `(SELECT MIN(COALESCE(ce.completedAt, cv.publishedAt)) FROM ${COMPLETED}
       WHERE ca.id = ${agent} AND cv.guideId = ${guide} AND cv.number >= ${from})`,
  ];
}

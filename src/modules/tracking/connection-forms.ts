import { z } from 'zod';
import { id, line } from '../../common/fields.js';
import { CONNECTION_SHAPES } from './adapters/read-message.js';

const courseIds = z.array(id).max(200).optional();

/** The form that makes a connection; no course is all of them. */
export const newConnectionForm = z.object({
  name: line(60),
  shape: z.enum(CONNECTION_SHAPES).default('own'),
  courseIds,
});

/** The form that changes one. */
export const connectionForm = z.object({ version: id, name: line(60), courseIds });

/** A secret as it is shown, this once. */
export interface ShownSecret {
  name: string;
  secret: string | undefined;
}

/** The courses to choose from. @param chosen the ids as a form has them */
export function courseChoices(
  courses: readonly { id: number; title: string }[],
  chosen: readonly string[] = [],
): { value: number; label: string; isChosen: boolean }[] {
  return courses.map((course) => ({
    value: course.id,
    label: course.title,
    isChosen: chosen.includes(String(course.id)),
  }));
}

import type { EntityManager } from 'typeorm';
import { selectRows } from '../../../database/sql.js';
import type { NewGuideVersion } from '../guide.service.js';
import { readingMinutes } from '../text/reading-minutes.rules.js';

/** How long a version takes: what was said, else what its e-learning takes, else what its text takes to read. */
export async function estimatedMinutes(
  source: EntityManager,
  { minutes, courseId, body }: Pick<NewGuideVersion, 'minutes' | 'courseId' | 'body'>,
): Promise<number> {
  if (minutes !== undefined) return minutes;
  if (courseId === undefined) return readingMinutes(body);
  const [course] = await selectRows<{ estimatedMinutes: number }>(
    source,
    'SELECT estimatedMinutes FROM course WHERE id = ?',
    [courseId],
  );
  return course?.estimatedMinutes ?? readingMinutes(body);
}

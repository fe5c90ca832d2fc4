import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { hashToken } from '../../../common/crypto.js';
import { ENV, type Env } from '../../../config/env.js';
import { localDateOf } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import type { QuestionPlan, Source } from '../question-plans.js';

const number = (column: string) => `SUM(CAST(REPLACE(COALESCE(${column}, '0'), '-', '') AS SIGNED))`;

/** Short statements whose answers change with the data: counts, highest keys and sums of what may be edited in place. */
const STATEMENTS: Readonly<Record<Source, readonly string[]>> = {
  figures: [
    'SELECT COUNT(*) AS n, MAX(changedAt) AS changedAt FROM resolution_month',
    'SELECT MAX(id) AS id FROM resolution_figure',
    'SELECT MAX(id) AS id FROM figure_correction',
    'SELECT COUNT(*) AS n FROM person WHERE erasedAt IS NOT NULL',
  ],
  employments: [
    `SELECT COUNT(*) AS n, ${number('startOn')} AS starts, ${number('endOn')} AS ends,
            ${number('municipalityCode')} AS places FROM employment`,
  ],
  attendance: [
    'SELECT COUNT(*) AS n, MAX(id) AS id FROM attendance_mark',
    `SELECT COUNT(*) AS n, SUM(version) AS versions, ${number('onDate')} AS days FROM onboarding_day`,
    `SELECT COUNT(*) AS n, ${number('onboardingAttendedOn')} AS days FROM agent`,
  ],
  elearning: [
    'SELECT courseId, state, COUNT(*) AS n FROM enrolment GROUP BY courseId, state ORDER BY courseId, state',
    'SELECT MAX(id) AS id FROM completion_event',
    'SELECT MAX(id) AS id, COUNT(revokedAt) AS revoked FROM waiver',
    'SELECT COUNT(*) AS n, SUM(requiredBeforeFirstShift) AS required FROM course',
  ],
  reading: [
    'SELECT MAX(id) AS id FROM read_receipt',
    'SELECT COUNT(*) AS n, MAX(id) AS id, MAX(prunedAt) AS prunedAt FROM guide_version',
  ],
  surveys: ['SELECT id, state, version, answered FROM survey ORDER BY id'],
};

/** Tells in milliseconds whether the data a question reads have changed. */
@Injectable()
export class DataFingerprints {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** The same for the same data, and another once they have changed. Shifts come and go by the hour, and with them what was due. */
  async of({ reads, dependsOnToday }: QuestionPlan): Promise<string> {
    const statements = reads.flatMap((source) => STATEMENTS[source]);
    const answers: unknown[] = await Promise.all(statements.map((sql) => this.database.select(sql)));
    const now = this.clock.now();
    if (dependsOnToday) answers.push(localDateOf(now, this.env.TZ_NAME));
    if (reads.includes('reading')) answers.push(now.toISOString().slice(0, 13));
    return hashToken(JSON.stringify(answers));
  }
}

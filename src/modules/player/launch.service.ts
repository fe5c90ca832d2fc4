import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { hashToken, randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, insertRow, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { planAttempt, type AttemptChoice, type AttemptPlan, type LatestAttempt } from './attempt.rules.js';
import type { Attempt } from './entities/attempt.entity.js';
import type { Launch, LaunchMode } from './entities/launch.entity.js';

/** How long a launch lives after the last thing heard of it: longer than any break, shorter than a night. */
export const LAUNCH_LIFETIME_MS = 12 * 3_600_000;

interface Enrolled {
  id: number;
  courseId: number;
  retakeNumber: number | null;
}

/** Opens the player: for a learner, or for the secretariat that tries a version. */
@Injectable()
export class LaunchService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /**
   * Opens the learner's own enrolment and gives the address of the player.
   * @throws DomainError `not_found`, `nothing_to_play` when no version of the course is a package
   */
  begin(enrolmentId: number, choice: AttemptChoice, by: Principal): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const enrolled = await this.lockOwn(tx, enrolmentId, by.personId);
      const [newest] = await selectRows<{ id: number; number: number; packageId: number | null }>(
        tx,
        `SELECT id, number, packageId FROM course_version WHERE courseId = ? AND state = 'published'
          ORDER BY number DESC LIMIT 1`,
        [enrolled.courseId],
      );
      const latest = await this.latestAttempt(tx, enrolmentId);
      if (!newest || (newest.packageId === null && !latest)) throw new DomainError('nothing_to_play', 'rule');
      const plan = planAttempt(latest, newest, choice, enrolled.retakeNumber);
      const attemptId = await this.attemptOf(tx, plan, enrolmentId, by.personId);
      return this.launch(tx, attemptId, plan.kind === 'same' ? plan.mode : 'normal', by);
    });
  }

  /**
   * Opens a version for the secretariat, which counts for nobody.
   * @throws DomainError `not_found`, `nothing_to_play`
   */
  tryOut(versionId: number, by: Principal): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const [version] = await selectRows<{ id: number; packageId: number | null }>(
        tx,
        'SELECT id, packageId FROM course_version WHERE id = ?',
        [versionId],
      );
      if (!version) throw new DomainError('not_found', 'not_found');
      if (version.packageId === null) throw new DomainError('nothing_to_play', 'rule');
      const attemptId = await this.insertAttempt(tx, by.personId, null, versionId, 1);
      return this.launch(tx, attemptId, 'trial', by);
    });
  }

  /**
   * Lets a launch whose time or sign-in is over go on, so that what waits in the open window can still be saved.
   * @returns whether there was one of this person's own
   */
  renew(launchId: number, by: Principal): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        `UPDATE launch SET sessionId = ?, expiresAt = ? WHERE id = ? AND endedAt IS NULL
            AND EXISTS (SELECT 1 FROM attempt a WHERE a.id = launch.attemptId AND a.personId = ?)`,
        [by.sessionId, this.expiry(), launchId, by.personId],
      );
      return affected === 1;
    });
  }

  private async lockOwn(tx: Tx, enrolmentId: number, personId: number): Promise<Enrolled> {
    const [row] = await selectRows<Enrolled>(
      tx,
      `SELECT id, courseId,
              (SELECT v.number FROM course_version v WHERE v.id = enrolment.retakeVersionId) AS retakeNumber
         FROM enrolment WHERE id = ? AND personId = ?${lockClause(tx)}`,
      [enrolmentId, personId],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    return row;
  }

  private async latestAttempt(tx: Tx, enrolmentId: number): Promise<LatestAttempt | null> {
    const [row] = await selectRows<Omit<LatestAttempt, 'isFinished'> & { isFinished: number }>(
      tx,
      `SELECT a.id, v.id AS versionId, v.number AS versionNumber,
              CASE WHEN a.completedAt IS NULL THEN 0 ELSE 1 END AS isFinished
         FROM attempt a JOIN course_version v ON v.id = a.courseVersionId
        WHERE a.enrolmentId = ? ORDER BY a.number DESC LIMIT 1`,
      [enrolmentId],
    );
    return row ? { ...row, isFinished: row.isFinished === 1 } : null;
  }

  private async attemptOf(tx: Tx, plan: AttemptPlan, enrolmentId: number, personId: number): Promise<number> {
    if (plan.kind === 'same') return plan.attemptId;
    const [last] = await selectRows<{ number: number | null }>(
      tx,
      'SELECT MAX(number) AS number FROM attempt WHERE enrolmentId = ?',
      [enrolmentId],
    );
    return this.insertAttempt(tx, personId, enrolmentId, plan.versionId, (last?.number ?? 0) + 1);
  }

  private insertAttempt(
    tx: Tx,
    personId: number,
    enrolmentId: number | null,
    courseVersionId: number,
    number: number,
  ): Promise<number> {
    return insertRow<Attempt>(tx, 'attempt', {
      personId,
      enrolmentId,
      courseVersionId,
      number,
      completion: null,
      success: null,
      scoreScaled: null,
      startedAt: this.clock.now(),
      completedAt: null,
    });
  }

  private async launch(tx: Tx, attemptId: number, mode: LaunchMode, by: Principal): Promise<string> {
    const token = randomToken();
    const now = this.clock.now();
    const launchId = await insertRow<Launch>(tx, 'launch', {
      attemptId,
      sessionId: by.sessionId,
      tokenHash: hashToken(token),
      mode,
      sequence: 0,
      seconds: 0,
      startedAt: now,
      lastSeenAt: now,
      expiresAt: this.expiry(),
      endedAt: null,
    });
    await this.audit.record(tx, {
      actorPersonId: by.personId,
      action: mode === 'trial' ? 'course_version.tried' : 'elearning.opened',
      subjectType: 'launch',
      subjectId: launchId,
    });
    return `${this.env.CONTENT_URL}/laer/${token}`;
  }

  private expiry(): Date {
    return new Date(this.clock.now().getTime() + LAUNCH_LIFETIME_MS);
  }
}

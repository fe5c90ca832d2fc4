import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { instantAt, localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { EnrolmentService } from '../courses/index.js';

/** What a registration tells of the e-learning. */
export interface LearningHistory {
  startOn: LocalDate;
  completedOn: LocalDate | undefined;
  actorPersonId: number;
}

/** Enrols an agent, and notes what was completed before Vagtklar. */
@Injectable()
export class HistoryService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentService,
  ) {}

  /** Enrols in every current course for agents; with a date, all of them count as completed on that day. */
  async enrol(
    tx: Tx,
    personId: number,
    { startOn, completedOn, actorPersonId }: LearningHistory,
  ): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    await this.enrolments.enrolInCurrent(tx, personId, 'agent', startOn < today ? startOn : today);
    if (!completedOn) return;
    const own = await selectRows<{ id: number }>(
      tx,
      "SELECT e.id FROM enrolment e JOIN course c ON c.id = e.courseId WHERE e.personId = ? AND c.audience = 'agent' ORDER BY e.id",
      [personId],
    );
    for (const { id } of own)
      await this.enrolments.record(tx, id, {
        occurredAt: instantAt(completedOn, '12:00', this.env.TZ_NAME),
        // Whoever registers it says that the course is finished, whatever its credit rule asks for.
        completion: 'completed',
        success: 'passed',
        scoreScaled: null,
        seconds: null,
        source: 'registration',
        inboxMessageId: null,
        recordedByPersonId: actorPersonId,
      });
  }
}

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PersonalData, Retention } from '../privacy/index.js';

const OWN_LAUNCHES = 'SELECT l.id FROM launch l JOIN attempt a ON a.id = l.attemptId WHERE a.personId = ?';

/** What the player holds about a person, and for how long. */
@Injectable()
export class PlayerPersonalData implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.register();
    this.retention.register({
      key: 'runtime',
      months: this.env.RETENTION_MESSAGE_MONTHS,
      // Where the learner stood is kept; what the content stored besides, such as answers, is not.
      run: (before) =>
        this.unitOfWork.run(async (tx) => {
          const states = await execute(
            tx,
            'UPDATE sco_state SET cmi = NULL, place = NULL WHERE cmi IS NOT NULL AND updatedAt < ?',
            [before],
          );
          const messages = await execute(
            tx,
            'UPDATE player_message SET body = NULL WHERE body IS NOT NULL AND receivedAt < ?',
            [before],
          );
          return states.affected + messages.affected;
        }),
    });
  }

  private register(): void {
    this.personalData.register(
      {
        table: 'attempt',
        select: `SELECT c.title AS course, v.number AS version, a.number, a.completion, a.success, a.scoreScaled, a.startedAt,
                        a.completedAt
                   FROM attempt a JOIN course_version v ON v.id = a.courseVersionId JOIN course c ON c.id = v.courseId
                  WHERE a.personId = ?`,
      },
      {
        table: 'launch',
        select: `SELECT c.title AS course, l.mode, l.startedAt, l.lastSeenAt, l.endedAt, l.seconds
                   FROM launch l JOIN attempt a ON a.id = l.attemptId JOIN course_version v ON v.id = a.courseVersionId
                   JOIN course c ON c.id = v.courseId WHERE a.personId = ?`,
      },
      {
        table: 'sco_state',
        select: `SELECT c.title AS course, s.scoIndex, s.completion, s.success, s.scoreScaled, s.place, s.cmi, s.updatedAt
                   FROM sco_state s JOIN attempt a ON a.id = s.attemptId JOIN course_version v ON v.id = a.courseVersionId
                   JOIN course c ON c.id = v.courseId WHERE a.personId = ?`,
        erase: async (tx, personId) => {
          await execute(
            tx,
            `UPDATE sco_state SET cmi = NULL, place = NULL
              WHERE attemptId IN (SELECT id FROM attempt WHERE personId = ?)`,
            [personId],
          );
        },
      },
      {
        table: 'player_message',
        select: `SELECT m.receivedAt, m.body FROM player_message m WHERE m.launchId IN (${OWN_LAUNCHES})`,
        erase: async (tx, personId) => {
          await execute(tx, `UPDATE player_message SET body = NULL WHERE launchId IN (${OWN_LAUNCHES})`, [
            personId,
          ]);
        },
      },
    );
  }
}

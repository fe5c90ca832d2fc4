import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, fromJson, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { WaveSecrets } from '../answering/wave-secrets.js';
import { OTHER } from './breakdowns.rules.js';
import { withSharedStamps, type AnswerRow, type AskedCell, type GroupSum } from './fixed-results.rules.js';
import { ResultWriter } from './result-writer.js';

interface RawAnswer {
  id: string;
  dimension: string;
  content: string | Record<string, number>;
  score: number;
  stampCompleted: number | boolean | null;
  stampAttended: number | boolean | null;
}
interface RawCell {
  municipalityGroup: string;
  tenureGroup: string;
  stamps: string;
  invited: number;
}

/** Closes a wave: reckons every figure there will ever be, and destroys what could tell whose an answer was. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly secrets: WaveSecrets,
    private readonly results: ResultWriter,
    private readonly audit: AuditService,
  ) {}

  /** @param byPersonId null when its last day is over @throws DomainError `not_found`, `survey_not_open` */
  async close(surveyId: number, byPersonId: number | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.closeWithin(tx, surveyId);
      await this.audit.record(tx, {
        actorPersonId: byPersonId,
        action: 'survey.closed',
        subjectType: 'survey',
        subjectId: surveyId,
      });
    });
  }

  /** The same inside a unit of work. */
  async closeWithin(tx: Tx, surveyId: number): Promise<void> {
    const { affected } = await execute(
      tx,
      "UPDATE survey SET state = 'closed', closedAt = ?, version = version + 1 WHERE id = ? AND state = 'open'",
      [this.clock.now(), surveyId],
    );
    const [survey] = await selectRows<{
      minimumGroup: number;
      invited: number;
      sealedSecret: string;
      answered: number | string;
    }>(
      tx,
      `SELECT s.minimumGroup, s.invited, s.sealedSecret,
              (SELECT COUNT(*) FROM survey_token t WHERE t.surveyId = s.id AND t.isUsed = 1) AS answered
         FROM survey s WHERE s.id = ?`,
      [surveyId],
    );
    if (!survey) throw new DomainError('not_found', 'not_found');
    if (affected === 0) throw new DomainError('survey_not_open', 'conflict');
    const { minimumGroup: fewest, invited } = survey;
    const rows = withSharedStamps(await this.rows(tx, surveyId), fewest);
    const sums = await this.sums(tx, surveyId, survey.sealedSecret);
    const cells = await this.cells(tx, surveyId);
    await this.dropStamps(tx, rows);
    const wave = { fewest, respondents: Number(survey.answered), invited, rows, sums, cells };
    await this.results.write(tx, surveyId, wave);
    await this.forget(tx, surveyId);
  }

  private async rows(tx: Tx, surveyId: number): Promise<AnswerRow[]> {
    const raw = await selectRows<RawAnswer>(
      tx,
      'SELECT id, dimension, content, score, stampCompleted, stampAttended FROM survey_answer WHERE surveyId = ?',
      [surveyId],
    );
    return raw.map(({ id, dimension, content, score, stampCompleted, stampAttended }) => ({
      id,
      dimension,
      values: fromJson<Record<string, number>>(content),
      score,
      stamps: stampCompleted === null ? null : `${Number(stampCompleted)}${Number(stampAttended)}`,
    }));
  }

  private async sums(tx: Tx, surveyId: number, sealedSecret: string): Promise<GroupSum[]> {
    const secret = this.secrets.open(sealedSecret);
    const rows = await selectRows<GroupSum>(
      tx,
      'SELECT breakdown, groupKey, dimension, answers, total FROM survey_sum WHERE surveyId = ?',
      [surveyId],
    );
    return rows.map(({ answers, total, ...row }) => {
      const beganAt = (of: 'answers' | 'total') =>
        secret.beginningOf(row.breakdown, row.groupKey, row.dimension, of);
      return { ...row, answers: answers - beganAt('answers'), total: total - beganAt('total') };
    });
  }

  private async cells(tx: Tx, surveyId: number): Promise<AskedCell[]> {
    const rows = await selectRows<RawCell>(
      tx,
      'SELECT municipalityGroup, tenureGroup, stamps, invited FROM survey_cell WHERE surveyId = ?',
      [surveyId],
    );
    return rows.map(({ municipalityGroup, tenureGroup, stamps, invited }) => ({
      municipality: municipalityGroup,
      tenure: tenureGroup,
      completed: stamps[0] ?? OTHER,
      attended: stamps[1] ?? OTHER,
      invited,
    }));
  }

  /** A combination that too few answers share is not kept; it would tell them from the others. */
  private async dropStamps(tx: Tx, rows: readonly AnswerRow[]): Promise<void> {
    for (const { id } of rows.filter(({ stamps }) => stamps === null))
      await execute(
        tx,
        `UPDATE survey_answer SET stampCompleted = NULL, stampAttended = NULL
          WHERE id = ? AND stampCompleted IS NOT NULL`,
        [id],
      );
  }

  private async forget(tx: Tx, surveyId: number): Promise<void> {
    for (const table of ['survey_token', 'survey_sum', 'survey_cell'])
      await execute(tx, `DELETE FROM ${table} WHERE surveyId = ?`, [surveyId]);
    await execute(
      tx,
      'UPDATE survey SET sealedSecret = NULL, rateShown = NULL, rateShownOn = NULL WHERE id = ?',
      [surveyId],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { hashToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { execute, lockClause, selectRows, shareClause } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { SurveyQueries } from '../waves/survey.queries.js';
import type { Question } from '../waves/question.js';
import { readAnswers } from './answer.rules.js';
import { AnswerWriter } from './answer-writer.js';
import { openGroups, type TokenGroups } from './token-groups.js';

/** What a link leads to. `gone` is a wave that has closed as well as a link that never was: nobody can tell the two apart any more. */
export type OpenedLink =
  | { state: 'gone' }
  | { state: 'used' }
  | { state: 'open'; surveyId: number; title: string; closesOn: string | null; language: string };

interface TokenRow {
  isUsed: number | boolean;
  sealedGroups: string | null;
}

/** Takes answers in, and forgets at once whose they were. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly surveys: SurveyQueries,
    private readonly writer: AnswerWriter,
  ) {}

  /** What a link leads to; nothing is changed by looking. */
  async find(token: string): Promise<OpenedLink> {
    const row = await this.database.selectOne<
      TokenRow & { surveyId: number; title: string; closesOn: string | null }
    >(
      `SELECT t.isUsed, t.sealedGroups, t.surveyId, s.title, s.closesOn
         FROM survey_token t JOIN survey s ON s.id = t.surveyId AND s.state = 'open' WHERE t.tokenHash = ?`,
      [hashToken(token)],
    );
    if (!row) return { state: 'gone' };
    if (row.sealedGroups === null) return { state: 'used' };
    const { surveyId, title, closesOn } = row;
    return {
      state: 'open',
      surveyId,
      title,
      closesOn,
      language: openGroups(token, row.sealedGroups).language,
    };
  }

  /**
   * Takes an answer: writes it, counts it up and uses the link up, all or nothing. A second answer by the same link changes nothing.
   * @throws DomainError `survey_answers_faulty`
   */
  async submit(
    token: string,
    surveyId: number,
    given: Readonly<Record<string, unknown>>,
    keepsStamps: boolean,
  ): Promise<void> {
    const questions = await this.surveys.questions(surveyId);
    const { answers, faults } = readAnswers(questions, given);
    if (faults.length > 0) throw new DomainError('survey_answers_faulty', 'malformed', { faults });
    await this.unitOfWork.run(async (tx) => {
      const groups = await this.useUp(tx, surveyId, token);
      if (!groups) return;
      await this.writer.write(tx, surveyId, [{ ...answers, stamps: keepsStamps ? groups.stamps : null }]);
      await this.writer.countUp(tx, surveyId, answers, groups);
    });
  }

  /** The questions of a wave. */
  questions(surveyId: number): Promise<Question[]> {
    return this.surveys.questions(surveyId);
  }

  /** Whoever closes the wave waits for this, and finds the answer counted; null when the link or the wave is used up. */
  private async useUp(tx: Tx, surveyId: number, token: string): Promise<TokenGroups | null> {
    const [survey] = await selectRows<{ state: string }>(
      tx,
      `SELECT state FROM survey WHERE id = ?${shareClause(tx)}`,
      [surveyId],
    );
    if (survey?.state !== 'open') return null;
    const hash = hashToken(token);
    const [row] = await selectRows<TokenRow>(
      tx,
      `SELECT isUsed, sealedGroups FROM survey_token WHERE tokenHash = ? AND surveyId = ?${lockClause(tx)}`,
      [hash, surveyId],
    );
    if (!row?.sealedGroups) return null;
    await execute(tx, 'UPDATE survey_token SET isUsed = ?, sealedGroups = NULL WHERE tokenHash = ?', [
      true,
      hash,
    ]);
    return openGroups(token, row.sealedGroups);
  }
}

import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, insertRow, lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { readTable, type UploadedFile } from '../../imports/index.js';
import type { SurveyImport } from '../entities/survey-import.entity.js';
import type { Question } from '../waves/question.js';
import { guessMapping, isMapping, kindOf, type Mapping } from './import-columns.rules.js';
import { ImportWriting } from './import-writing.js';
import { SurveyImportQueries } from './survey-import.queries.js';

const MOST_ROWS = 5000;

/** What goes with an upload. */
export interface UploadOptions {
  /** How many were asked, when that is known. */
  invited: number | null;
  /** What each column is; recognised by its heading when left out. */
  mapping?: Mapping | undefined;
}

/**
 * Takes in answers that were given elsewhere. Unlike other imports the rows are never kept in clear: a row joins what the product keeps
 * apart. The table lies encrypted until it is written, a day at most (ADR 22).
 */
@Injectable()
export class SurveyImportService {
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) env: Env,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly queries: SurveyImportQueries,
    private readonly writing: ImportWriting,
  ) {
    this.box = new SecretBox(env.APP_SECRET, 'survey-imports');
  }

  /** @returns its id @throws DomainError `not_found`, `survey_not_draft`, `file_missing`, `table_…`, `survey_mapping_wrong` */
  async upload(
    surveyId: number,
    file: UploadedFile | undefined,
    { invited, mapping }: UploadOptions,
    byPersonId: number,
    call: IdempotentCall,
  ): Promise<{ id: number }> {
    if (!file || file.content.length === 0)
      throw new DomainError('file_missing', 'malformed', { faults: [{ field: 'file', code: 'required' }] });
    const [headings, ...rows] = await readTable(file.content);
    if (rows.length > MOST_ROWS)
      throw new DomainError('table_too_long', 'rule', { args: { maximum: MOST_ROWS } });
    const table = { headings: headings!.cells, rows, invited };
    const sum = createHash('sha256').update(file.content).digest('hex');
    return this.idempotency.run({ ...call, body: { sum, invited, mapping } }, async (tx) => {
      await holdDraft(tx, surveyId);
      const questions = await this.writing.questions(tx, surveyId);
      const chosen = mapping ?? guessMapping(table.headings, questions);
      refuseMapping(chosen, table.headings.length, questions);
      const id = await insertRow<SurveyImport>(tx, 'survey_import', {
        surveyId,
        fileName: file.fileName.slice(0, 200),
        state: 'ready',
        mapping: JSON.stringify(chosen),
        sealedTable: JSON.stringify(this.box.seal(JSON.stringify(table))),
        written: null,
        actorPersonId: byPersonId,
        createdAt: this.clock.now(),
      });
      await this.writing.note(tx, 'survey.import_uploaded', surveyId, byPersonId, rows.length);
      return { id };
    });
  }

  /** Says anew what each column is. @throws DomainError `not_found`, `survey_import_ended`, `survey_mapping_wrong` */
  async map(surveyId: number, importId: number, mapping: Mapping): Promise<void> {
    await this.writing.unitOfWork.run(async (tx) => {
      const { table } = await this.queries.held(tx, surveyId, importId);
      refuseMapping(mapping, table.headings.length, await this.writing.questions(tx, surveyId));
      await execute(tx, 'UPDATE survey_import SET mapping = ? WHERE id = ?', [
        JSON.stringify(mapping),
        importId,
      ]);
    });
  }

  /**
   * Writes the faultless rows, reckons the figures and closes the wave; the table is dropped.
   * @throws DomainError `not_found`, `survey_not_draft`, `survey_import_ended`, `import_nothing_valid`, `survey_columns_missing`
   */
  async commit(surveyId: number, importId: number, byPersonId: number): Promise<void> {
    await this.writing.unitOfWork.run(async (tx) => {
      await holdDraft(tx, surveyId);
      const { table, mapping } = await this.queries.held(tx, surveyId, importId);
      const questions = await this.writing.questions(tx, surveyId);
      const kind = kindOf(mapping, questions);
      if (!kind) throw new DomainError('survey_columns_missing', 'rule');
      const written = await this.writing.write(tx, surveyId, kind, table, mapping);
      if (written === 0) throw new DomainError('import_nothing_valid', 'conflict');
      await execute(
        tx,
        "UPDATE survey_import SET state = 'committed', written = ?, sealedTable = NULL WHERE id = ?",
        [written, importId],
      );
      await this.writing.note(tx, 'survey.import_committed', surveyId, byPersonId, written);
    });
  }
}

/** Two who write at once wait for each other, and the second finds the wave closed. */
async function holdDraft(tx: Tx, surveyId: number): Promise<void> {
  const [survey] = await selectRows<{ state: string }>(
    tx,
    `SELECT state FROM survey WHERE id = ?${lockClause(tx)}`,
    [surveyId],
  );
  if (!survey) throw new DomainError('not_found', 'not_found');
  if (survey.state !== 'draft') throw new DomainError('survey_not_draft', 'conflict');
}

function refuseMapping(mapping: Mapping, width: number, questions: readonly Question[]): void {
  if (!isMapping(mapping, width, questions))
    throw new DomainError('survey_mapping_wrong', 'rule', {
      faults: [{ field: 'mapping', code: 'survey_mapping_wrong' }],
    });
}

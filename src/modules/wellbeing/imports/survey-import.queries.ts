import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SecretBox } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { fromJson, selectRows, toInstant } from '../../../database/sql.js';
import { faultMessage } from '../../../web/problems/fault-message.js';
import type { Translator } from '../../../web/i18n/translate.js';
import { MunicipalityDirectory } from '../../municipalities/index.js';
import { SurveyQueries } from '../waves/survey.queries.js';
import type { Question } from '../waves/question.js';
import { kindOf, type Mapping, type TableKind } from './import-columns.rules.js';
import { readAggregates } from './read-aggregates.rules.js';
import { readRespondents, type ReadRow, type Row } from './read-answers.rules.js';

const ERRORS_SHOWN = 200;

/** A table as it was uploaded. */
export interface UploadedTable {
  headings: string[];
  rows: Row[];
  invited: number | null;
}

/** An import as it is shown: what it would write, and what is wrong, by row and column, without the cells. */
export interface SurveyImportView {
  id: number;
  surveyId: number;
  fileName: string;
  state: 'ready' | 'committed' | 'expired';
  /** Null when the columns are not enough. */
  kind: TableKind | null;
  columns: { heading: string; is: string | null }[];
  total: number;
  valid: number;
  invalid: number;
  errors: { row: number; field: string; code: string; message: string }[];
  written: number | null;
  createdAt: string;
}

interface Raw {
  id: number;
  surveyId: number;
  fileName: string;
  state: SurveyImportView['state'];
  mapping: string | Mapping;
  sealedTable: string | null;
  written: number | null;
  createdAt: string | Date;
}

/** Reads uploaded tables of answers. */
@Injectable()
export class SurveyImportQueries {
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) env: Env,
    private readonly database: Database,
    private readonly surveys: SurveyQueries,
    private readonly municipalities: MunicipalityDirectory,
  ) {
    this.box = new SecretBox(env.APP_SECRET, 'survey-imports');
  }

  /** An import with what would become of it. @throws DomainError `not_found` */
  async find(surveyId: number, importId: number, t: Translator): Promise<SurveyImportView> {
    const raw = await this.raw(this.database.reader.manager, surveyId, importId);
    const table = this.tableOf(raw);
    const mapping = fromJson<Mapping>(raw.mapping);
    const questions = await this.surveys.questions(surveyId);
    const rows = table ? this.read(table, mapping, questions) : [];
    const faulty = rows.filter(({ faults }) => faults.length > 0);
    return {
      id: raw.id,
      surveyId,
      fileName: raw.fileName,
      state: raw.state,
      kind: kindOf(mapping, questions),
      columns: mapping.map((is, n) => ({ heading: table?.headings[n] ?? '', is })),
      total: rows.length,
      valid: rows.length - faulty.length,
      invalid: faulty.length,
      errors: faulty.slice(0, ERRORS_SHOWN).flatMap(({ rowNumber, faults }) =>
        faults.map((fault) => ({
          row: rowNumber,
          field: fault.field,
          code: fault.code,
          message: faultMessage(fault, t),
        })),
      ),
      written: raw.written,
      createdAt: toInstant(raw.createdAt).toISOString(),
    };
  }

  /** An import that waits to be written. @throws DomainError `not_found`, `survey_import_ended` */
  async held(
    tx: EntityManager,
    surveyId: number,
    importId: number,
  ): Promise<{ table: UploadedTable; mapping: Mapping }> {
    const raw = await this.raw(tx, surveyId, importId);
    const table = this.tableOf(raw);
    if (!table) throw new DomainError('survey_import_ended', 'conflict');
    return { table, mapping: fromJson<Mapping>(raw.mapping) };
  }

  private read(table: UploadedTable, mapping: Mapping, questions: Question[]): ReadRow<unknown>[] {
    const kind = kindOf(mapping, questions);
    if (kind === 'aggregates') return readAggregates(table.rows, mapping, questions);
    const codeOf = (name: string) => this.municipalities.codeOf(name);
    return kind === 'answers' ? readRespondents(table.rows, mapping, questions, codeOf) : [];
  }

  private async raw(source: EntityManager, surveyId: number, importId: number): Promise<Raw> {
    const [raw] = await selectRows<Raw>(
      source,
      `SELECT id, surveyId, fileName, state, mapping, sealedTable, written, createdAt FROM survey_import
        WHERE id = ? AND surveyId = ?`,
      [importId, surveyId],
    );
    if (!raw) throw new DomainError('not_found', 'not_found');
    return raw;
  }

  private tableOf({ state, sealedTable }: Raw): UploadedTable | undefined {
    if (state !== 'ready' || sealedTable === null) return undefined;
    // A JSON text, which some drivers have read already.
    const sealed = sealedTable.startsWith('"') ? fromJson<string>(sealedTable) : sealedTable;
    return JSON.parse(this.box.open(sealed)) as UploadedTable;
  }
}

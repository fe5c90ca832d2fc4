import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { MunicipalityDirectory } from '../../municipalities/index.js';
import { AnswerWriter } from '../answering/answer-writer.js';
import { ImportedResults } from '../results/imported-results.js';
import type { Question } from '../waves/question.js';
import type { Mapping, TableKind } from './import-columns.rules.js';
import { readAggregates } from './read-aggregates.rules.js';
import { readRespondents } from './read-answers.rules.js';
import type { UploadedTable } from './survey-import.queries.js';

/** Writes what an uploaded table says, and closes the wave with it. */
@Injectable()
export class ImportWriting {
  constructor(
    readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly municipalities: MunicipalityDirectory,
    private readonly writer: AnswerWriter,
    private readonly results: ImportedResults,
    private readonly audit: AuditService,
  ) {}

  /** The questions of a wave. */
  questions(tx: Tx, surveyId: number): Promise<Question[]> {
    return this.results.questions(tx, surveyId);
  }

  /** @returns how many rows were written */
  async write(
    tx: Tx,
    surveyId: number,
    kind: TableKind,
    { rows, invited }: UploadedTable,
    mapping: Mapping,
  ): Promise<number> {
    const questions = await this.questions(tx, surveyId);
    await execute(
      tx,
      "UPDATE survey SET state = 'closed', closedAt = ?, version = version + 1 WHERE id = ?",
      [this.clock.now(), surveyId],
    );
    if (kind === 'aggregates') {
      const read = readAggregates(rows, mapping, questions).flatMap(({ input }) => input ?? []);
      if (read.length > 0) await this.results.keepAggregates(tx, surveyId, read, invited);
      return read.length;
    }
    const codeOf = (name: string) => this.municipalities.codeOf(name);
    const read = readRespondents(rows, mapping, questions, codeOf).flatMap(({ input }) => input ?? []);
    await this.writer.write(
      tx,
      surveyId,
      read.map(({ dimensions, comments }) => ({ dimensions, comments, stamps: null })),
    );
    if (read.length > 0) await this.results.keepRespondents(tx, surveyId, read, invited);
    return read.length;
  }

  /** Writes down that it was done. */
  note(tx: Tx, action: string, surveyId: number, byPersonId: number, rows: number): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: byPersonId,
      action,
      subjectType: 'survey',
      subjectId: surveyId,
      detail: { rows },
    });
  }
}

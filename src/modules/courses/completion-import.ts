import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { emailKey } from '../../common/email.js';
import { email, line, localDate } from '../../common/fields.js';
import { invalidInput } from '../../common/http/validation.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { ImportKinds, isoDate, type CheckedRow } from '../imports/index.js';
import { EnrolmentChangesService } from './enrolment-changes.service.js';
import { EnrolmentService } from './enrolment.service.js';

const LOOKED_UP_TOGETHER = 500;
const IMPORT_SOURCE = 'import';

const cells = z.object({
  email,
  course: line(60),
  completedOn: z.string().transform(isoDate).pipe(localDate),
  note: line(500).optional(),
});

/** A completion as it stands in a row. */
type CompletionRow = z.output<typeof cells>;

/** Imports completions that the e-learning itself did not report. */
@Injectable()
export class CompletionImport implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly kinds: ImportKinds,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly enrolments: EnrolmentService,
    private readonly changes: EnrolmentChangesService,
  ) {}

  onModuleInit(): void {
    this.kinds.register<CompletionRow>({
      name: 'completions',
      roles: ['secretariat'],
      columns: [
        { name: 'email', required: true, aliases: ['E-mail', 'Mail'] },
        { name: 'course', required: true, aliases: ['Forløb', 'Kursus', 'Kursuskode', 'courseCode'] },
        { name: 'completedOn', required: true, aliases: ['Gennemført', 'Gennemført den', 'Dato'] },
        { name: 'note', required: false, aliases: ['Note', 'Bemærkning'] },
      ],
      read: readCompletion,
      check: (rows) => this.check(rows),
      mails: () => 0,
      write: (tx, row, actor) => this.write(tx, row, actor.personId),
    });
  }

  private async check(rows: CheckedRow<CompletionRow>[]): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const courses = new Set(
      (await this.database.select<{ code: string }>('SELECT code FROM course')).map((c) => c.code),
    );
    const known = await this.knownAddresses(rows);
    const seen = new Set<string>();
    for (const { input, faults } of rows) {
      if (!input) continue;
      const key = `${emailKey(input.email)} ${input.course.toLowerCase()}`;
      if (!known.has(emailKey(input.email))) faults.push({ field: 'email', code: 'unknown_learner' });
      if (!courses.has(input.course.toLowerCase())) faults.push({ field: 'course', code: 'unknown_course' });
      if (input.completedOn > today) faults.push({ field: 'completedOn', code: 'in_the_future' });
      if (seen.has(key)) faults.push({ field: 'email', code: 'twice_in_file' });
      seen.add(key);
    }
  }

  private async knownAddresses(rows: CheckedRow<CompletionRow>[]): Promise<Set<string>> {
    const keys = [...new Set(rows.flatMap(({ input }) => (input ? [emailKey(input.email)] : [])))];
    const known = new Set<string>();
    for (let from = 0; from < keys.length; from += LOOKED_UP_TOGETHER) {
      const chunk = keys.slice(from, from + LOOKED_UP_TOGETHER);
      const found = await this.database.select<{ emailKey: string }>(
        `SELECT emailKey FROM person WHERE emailKey IN (${chunk.map(() => '?').join(', ')})`,
        chunk,
      );
      for (const row of found) known.add(row.emailKey);
    }
    return known;
  }

  /** Enrols where need be: whoever completed a course was on it. */
  private async write(tx: Tx, row: CompletionRow, actorPersonId: number): Promise<number> {
    const [target] = await selectRows<{ personId: number; courseId: number }>(
      tx,
      'SELECT p.id AS personId, c.id AS courseId FROM person p JOIN course c ON c.code = ? WHERE p.emailKey = ?',
      [row.course.toLowerCase(), emailKey(row.email)],
    );
    if (!target) throw new DomainError('not_found', 'not_found');
    await this.enrolments.enrol(tx, target.personId, target.courseId, row.completedOn);
    const [enrolment] = await selectRows<{ id: number }>(
      tx,
      'SELECT id FROM enrolment WHERE personId = ? AND courseId = ?',
      [target.personId, target.courseId],
    );
    await this.changes.completeWithin(tx, enrolment!.id, row, IMPORT_SOURCE, actorPersonId);
    return enrolment!.id;
  }
}

function readCompletion(row: Record<string, string>): CompletionRow {
  const filled = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''));
  const parsed = cells.safeParse(filled);
  if (!parsed.success) throw invalidInput(parsed.error.issues);
  return parsed.data;
}

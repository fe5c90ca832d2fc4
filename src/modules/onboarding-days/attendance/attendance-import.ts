import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../../common/clock.js';
import { emailKey } from '../../../common/email.js';
import { email, line, localDate } from '../../../common/fields.js';
import { invalidInput } from '../../../common/http/validation.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { placeholders } from '../../../database/sql.js';
import { ImportKinds, isoDate, type CheckedRow } from '../../imports/index.js';
import { PastAttendance } from './past-attendance.js';

const LOOKED_UP_TOGETHER = 500;

const cells = z.object({
  email,
  attendedOn: z.string().transform(isoDate).pipe(localDate),
  note: line(200).optional(),
});

/** An attendance as it stands in a row. */
type AttendanceImportRow = z.output<typeof cells>;

/** Imports who took part in onboarding days before Vagtklar was taken into use. */
@Injectable()
export class AttendanceImport implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly kinds: ImportKinds,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly attendance: PastAttendance,
  ) {}

  onModuleInit(): void {
    this.kinds.register<AttendanceImportRow>({
      name: 'attendances',
      roles: ['secretariat'],
      columns: [
        { name: 'email', required: true, aliases: ['E-mail', 'Mail'] },
        {
          name: 'attendedOn',
          required: true,
          aliases: ['Deltog den', 'Dato', 'Onboardingdag', 'Onboarding deltaget'],
        },
        { name: 'note', required: false, aliases: ['Note', 'Bemærkning'] },
      ],
      read: readAttendance,
      check: (rows) => this.check(rows),
      mails: () => 0,
      write: (tx, row, actor) => this.attendance.write(tx, row, actor.personId),
    });
  }

  private async check(rows: CheckedRow<AttendanceImportRow>[]): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const known = await this.knownAddresses(rows);
    const seen = new Set<string>();
    for (const { input, faults } of rows) {
      if (!input) continue;
      const key = emailKey(input.email);
      if (!known.has(key)) faults.push({ field: 'email', code: 'unknown_agent' });
      if (input.attendedOn > today) faults.push({ field: 'attendedOn', code: 'in_the_future' });
      if (seen.has(key)) faults.push({ field: 'email', code: 'twice_in_file' });
      seen.add(key);
    }
  }

  private async knownAddresses(rows: CheckedRow<AttendanceImportRow>[]): Promise<Set<string>> {
    const keys = [...new Set(rows.flatMap(({ input }) => (input ? [emailKey(input.email)] : [])))];
    const known = new Set<string>();
    for (let from = 0; from < keys.length; from += LOOKED_UP_TOGETHER) {
      const chunk = keys.slice(from, from + LOOKED_UP_TOGETHER);
      const found = await this.database.select<{ emailKey: string }>(
        `SELECT p.emailKey FROM person p JOIN agent a ON a.personId = p.id WHERE p.emailKey IN (${placeholders(chunk)})`,
        chunk,
      );
      for (const row of found) known.add(row.emailKey);
    }
    return known;
  }
}

function readAttendance(row: Record<string, string>): AttendanceImportRow {
  const filled = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''));
  const parsed = cells.safeParse(filled);
  if (!parsed.success) throw invalidInput(parsed.error.issues);
  return parsed.data;
}

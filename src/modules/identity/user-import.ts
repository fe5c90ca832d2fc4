import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { Role } from '../../common/access/principal.js';
import { emailKey, isSharedMailbox } from '../../common/email.js';
import { email, language, line } from '../../common/fields.js';
import { invalidInput } from '../../common/http/validation.js';
import { ImportKinds, type CheckedRow } from '../imports/index.js';
import { MunicipalityDirectory } from '../municipalities/index.js';
import { UserQueries } from './users.queries.js';
import { UserService } from './users.service.js';

const LOOKED_UP_TOGETHER = 500;
const ROLE_WORDS = new Map<string, Role>([
  ['leder', 'leader'],
  ['leader', 'leader'],
  ['sekretariat', 'secretariat'],
  ['secretariat', 'secretariat'],
]);

const cells = z.object({
  firstName: line(100),
  lastName: line(100),
  email,
  municipality: line(60),
  role: z
    .string()
    .default('leder')
    .transform((word) => ROLE_WORDS.get(word.trim().toLowerCase()))
    .refine((role) => role !== undefined, { params: { code: 'invalid_choice' } }),
  language: language.default('da'),
});

/** A user as it stands in a row; the municipality by code or name. */
export interface UserRowInput {
  firstName: string;
  lastName: string;
  email: string;
  municipality: string;
  role: Role;
  language: 'da' | 'en';
}

/** Imports leaders and secretariat, each of whom is invited by mail. */
@Injectable()
export class UserImport implements OnModuleInit {
  constructor(
    private readonly kinds: ImportKinds,
    private readonly directory: MunicipalityDirectory,
    private readonly queries: UserQueries,
    private readonly users: UserService,
  ) {}

  onModuleInit(): void {
    this.kinds.register<UserRowInput>({
      name: 'users',
      roles: ['secretariat'],
      columns: [
        { name: 'firstName', required: true, aliases: ['Fornavn'] },
        { name: 'lastName', required: true, aliases: ['Efternavn'] },
        { name: 'email', required: true, aliases: ['E-mail', 'Mail'] },
        { name: 'municipality', required: true, aliases: ['Kommune', 'Kommunekode'] },
        { name: 'role', required: false, aliases: ['Rolle'] },
        { name: 'language', required: false, aliases: ['Sprog'] },
      ],
      read: readUser,
      check: (rows) => this.check(rows),
      mails: (rows) => rows.length,
      write: async (tx, row, actor) => {
        const municipalityCode = this.directory.codeOf(row.municipality) ?? row.municipality;
        const { firstName, lastName, email: address, language: own } = row;
        const user = {
          firstName,
          lastName,
          email: address,
          language: own,
          roles: [row.role],
          municipalityCode,
        };
        return (await this.users.inviteWithin(tx, user, actor.personId)).id;
      },
    });
  }

  private async check(rows: CheckedRow<UserRowInput>[]): Promise<void> {
    const keys = [...new Set(rows.flatMap(({ input }) => (input ? [emailKey(input.email)] : [])))];
    const taken = new Set<string>();
    for (let from = 0; from < keys.length; from += LOOKED_UP_TOGETHER)
      for (const key of await this.queries.staffAmong(keys.slice(from, from + LOOKED_UP_TOGETHER)))
        taken.add(key);
    const seen = new Set<string>();
    for (const { input, faults } of rows) {
      if (!input) continue;
      const key = emailKey(input.email);
      if (isSharedMailbox(input.email)) faults.push({ field: 'email', code: 'shared_mailbox' });
      if (taken.has(key)) faults.push({ field: 'email', code: 'email_taken' });
      if (seen.has(key)) faults.push({ field: 'email', code: 'twice_in_file' });
      if (!this.directory.codeOf(input.municipality))
        faults.push({ field: 'municipality', code: 'unknown_municipality' });
      seen.add(key);
    }
  }
}

function readUser(row: Record<string, string>): UserRowInput {
  const filled = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''));
  const parsed = cells.safeParse(filled);
  if (!parsed.success) throw invalidInput(parsed.error.issues);
  return parsed.data;
}

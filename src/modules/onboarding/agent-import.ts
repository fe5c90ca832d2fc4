import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { seesAll } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { emailKey } from '../../common/email.js';
import { email, language, line, localDate, phone } from '../../common/fields.js';
import { invalidInput } from '../../common/http/validation.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { translator } from '../../web/i18n/translate.js';
import { ImportKinds, isoDate, type CheckedRow, type ImportActor } from '../imports/index.js';
import { MunicipalityDirectory } from '../municipalities/index.js';
import { AgentImportFacts, type ImportFacts } from './agent-import-facts.js';
import { AgentRegistrar } from './agent-registrar.js';
import { registrationFaults } from './registration.rules.js';

const date = z.string().transform(isoDate).pipe(localDate);
const KIND_WORDS = new Map<string, 'new' | 'existing'>([
  ['ny', 'new'],
  ['new', 'new'],
  ['eksisterende', 'existing'],
  ['existing', 'existing'],
]);

const cells = z.object({
  firstName: line(100),
  lastName: line(100),
  email,
  phone: phone.optional(),
  municipality: line(60).optional(),
  leaderEmail: email.optional(),
  startOn: date,
  kind: z
    .string()
    .transform((word) => KIND_WORDS.get(word.trim().toLowerCase()))
    .refine((kind) => kind !== undefined, { params: { code: 'invalid_choice' } }),
  firstShiftOn: date.optional(),
  phoneSystemId: line(60).optional(),
  language: language.optional(),
  elearningCompletedOn: date.optional(),
  onboardingAttendedOn: date.optional(),
});

/** An agent as it stands in a row. */
export type AgentImportRow = z.output<typeof cells> & { kind: 'new' | 'existing' };

/** Imports agents; those who were there before are not written to and not gated. */
@Injectable()
export class AgentImport implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly kinds: ImportKinds,
    private readonly clock: Clock,
    private readonly facts: AgentImportFacts,
    private readonly directory: MunicipalityDirectory,
    private readonly registrar: AgentRegistrar,
  ) {}

  onModuleInit(): void {
    this.kinds.register<AgentImportRow>({
      name: 'agents',
      roles: ['secretariat', 'leader'],
      columns: COLUMNS,
      read: readAgent,
      check: (rows, actor) => this.check(rows, actor),
      // The welcome to the agent and the receipt to the leader.
      mails: (rows) => 2 * rows.filter((row) => row.kind === 'new').length,
      write: async (tx, row, actor) => {
        const registration = await this.facts.registrationOf(tx, row, actor);
        return (await this.registrar.register(tx, registration, translator('da'))).id;
      },
    });
  }

  private async check(rows: CheckedRow<AgentImportRow>[], actor: ImportActor): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const facts = await this.facts.of(rows.flatMap(({ input }) => (input ? [input] : [])));
    const seen = new Set<string>();
    for (const { input, faults } of rows) {
      if (!input) continue;
      faults.push(...registrationFaults(input, today), ...this.placeFaults(input, facts, actor));
      const key = emailKey(input.email);
      if (seen.has(key)) faults.push({ field: 'email', code: 'twice_in_file' });
      if (facts.employed.has(key)) faults.push({ field: 'email', code: 'agent_already_employed' });
      if (input.phoneSystemId && facts.phoneSystemIds.get(input.phoneSystemId) !== undefined)
        if (facts.phoneSystemIds.get(input.phoneSystemId) !== key)
          faults.push({ field: 'phoneSystemId', code: 'phone_system_id_taken' });
      seen.add(key);
      // Within the file, too, an id belongs to one agent.
      if (input.phoneSystemId) facts.phoneSystemIds.set(input.phoneSystemId, key);
    }
  }

  private placeFaults(input: AgentImportRow, facts: ImportFacts, actor: ImportActor) {
    const code = input.municipality
      ? this.directory.codeOf(input.municipality)
      : onlyOne(actor.municipalityCodes);
    if (!code)
      return [{ field: 'municipality', code: input.municipality ? 'unknown_municipality' : 'required' }];
    if (!seesAll(actor) && !actor.municipalityCodes.includes(code))
      return [{ field: 'municipality', code: 'not_own_municipality' }];
    if (!facts.isMember(code, input.startOn)) return [{ field: 'municipality', code: 'not_a_member' }];
    if (input.leaderEmail && !facts.leads(emailKey(input.leaderEmail), code))
      return [{ field: 'leaderEmail', code: 'unknown_leader' }];
    return [];
  }
}

const COLUMNS = [
  { name: 'firstName', required: true, aliases: ['Fornavn'] },
  { name: 'lastName', required: true, aliases: ['Efternavn'] },
  { name: 'email', required: true, aliases: ['E-mail', 'Mail'] },
  { name: 'phone', required: false, aliases: ['Telefon', 'Mobil'] },
  { name: 'municipality', required: false, aliases: ['Kommune', 'Kommunekode', 'municipalityCode'] },
  { name: 'leaderEmail', required: false, aliases: ['Leder', 'Leders e-mail', 'Leder e-mail'] },
  { name: 'startOn', required: true, aliases: ['Start', 'Startdato'] },
  { name: 'kind', required: false, aliases: ['Type'] },
  { name: 'firstShiftOn', required: false, aliases: ['Første vagt'] },
  { name: 'phoneSystemId', required: false, aliases: ['Agent-id', 'Telefonsystem-id'] },
  { name: 'language', required: false, aliases: ['Sprog'] },
  { name: 'elearningCompletedOn', required: false, aliases: ['E-læring gennemført', 'E-læring'] },
  { name: 'onboardingAttendedOn', required: false, aliases: ['Onboardingdag', 'Onboarding deltaget'] },
];

/** A row without a kind is of the kind chosen for the whole table; nobody is written to unless that was chosen. */
function readAgent(row: Record<string, string>, options: Record<string, string>): AgentImportRow {
  const filled = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''));
  const parsed = cells.safeParse({ kind: options['kind'] ?? 'existing', ...filled });
  if (!parsed.success) throw invalidInput(parsed.error.issues);
  return parsed.data;
}

function onlyOne(codes: readonly string[]): string | undefined {
  return codes.length === 1 ? codes[0] : undefined;
}

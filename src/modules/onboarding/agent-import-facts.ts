import { Inject, Injectable } from '@nestjs/common';
import { seesAll } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { emailKey } from '../../common/email.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { leaderFor } from '../agents/index.js';
import type { LeaderRow } from '../identity/index.js';
import type { ImportActor } from '../imports/index.js';
import { MunicipalityDirectory, MunicipalityQueries } from '../municipalities/index.js';
import type { AgentImportRow } from './agent-import.js';
import type { Registration } from './agent-registrar.js';

const LOOKED_UP_TOGETHER = 500;

/** What the database knows about a whole table of agents. */
export interface ImportFacts {
  /** Addresses of agents who work for DDH now. */
  employed: Set<string>;
  /** The address of the agent by the id in the phone system. */
  phoneSystemIds: Map<string, string>;
  leads: (key: string, code: string) => boolean;
  isMember: (code: string, startOn: LocalDate) => boolean;
}

/** Reads what an import of agents is checked against, a few hundred rows at a time. */
@Injectable()
export class AgentImportFacts {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly directory: MunicipalityDirectory,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  /** Everything the rows refer to. */
  async of(rows: readonly AgentImportRow[]): Promise<ImportFacts> {
    const employed = await this.lookUp<{ emailKey: string }>(
      rows.map((row) => emailKey(row.email)),
      (
        list,
      ) => `SELECT p.emailKey FROM person p JOIN agent a ON a.personId = p.id JOIN employment m ON m.openAgentId = a.id
                  WHERE p.emailKey IN (${list})`,
    );
    const ids = await this.lookUp<{ phoneSystemId: string; emailKey: string }>(
      rows.flatMap((row) => row.phoneSystemId ?? []),
      (list) => `SELECT a.phoneSystemId, p.emailKey FROM agent a JOIN person p ON p.id = a.personId
                  WHERE a.phoneSystemId IN (${list})`,
    );
    const leaders = await this.database.select<{ emailKey: string; municipalityCode: string }>(
      `SELECT p.emailKey, r.municipalityCode FROM role_assignment r JOIN person p ON p.id = r.personId
        WHERE r.role = 'leader' AND p.deactivatedAt IS NULL`,
    );
    const leading = new Set(leaders.map((leader) => `${leader.emailKey} ${leader.municipalityCode}`));
    return {
      employed: new Set(employed.map((row) => row.emailKey)),
      phoneSystemIds: new Map(ids.map((row) => [row.phoneSystemId, row.emailKey])),
      leads: (key, code) => leading.has(`${key} ${code}`),
      isMember: await this.memberships(),
    };
  }

  /** A row as a registration, read inside its unit of work. @throws DomainError `invalid_registration` */
  async registrationOf(tx: Tx, row: AgentImportRow, actor: ImportActor): Promise<Registration> {
    const code = row.municipality ? this.directory.codeOf(row.municipality) : actor.municipalityCodes[0];
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const on = row.startOn > today ? row.startOn : today;
    const municipality = code && (await this.municipalities.find(code, on, tx));
    if (!municipality || (!seesAll(actor) && !actor.municipalityCodes.includes(municipality.code)))
      throw new DomainError('invalid_registration', 'rule', {
        faults: [{ field: 'municipality', code: 'unknown_municipality' }],
      });
    if (!municipality.isMember)
      throw new DomainError('invalid_registration', 'rule', {
        faults: [{ field: 'municipality', code: 'not_a_member' }],
      });
    const { municipality: _, leaderEmail, ...input } = row;
    return {
      input,
      municipality,
      leader: await this.leaderOf(tx, leaderEmail, municipality, actor),
      today,
      holdsDays: true,
      actorId: actor.personId,
      isSecretariat: seesAll(actor),
    };
  }

  private async leaderOf(
    tx: Tx,
    leaderEmail: string | undefined,
    municipality: { code: string; primaryLeaderId: number | null },
    actor: ImportActor,
  ): Promise<LeaderRow | null> {
    const leaders = await selectRows<LeaderRow & { emailKey: string }>(
      tx,
      `SELECT p.id AS personId, p.firstName, p.lastName, p.email, p.emailKey, p.language, r.municipalityCode
         FROM role_assignment r JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
        WHERE r.role = 'leader' AND r.municipalityCode = ? ORDER BY p.nameSortKey, p.id`,
      [municipality.code],
    );
    const named = leaderEmail && leaders.find((leader) => leader.emailKey === emailKey(leaderEmail));
    const choice = leaderFor({
      named: leaderEmail ? (named ? named.personId : 0) : undefined,
      registering: actor.personId,
      first: municipality.primaryLeaderId,
      leadersOfMunicipality: leaders.map((leader) => leader.personId),
    });
    if ('fault' in choice)
      throw new DomainError('invalid_registration', 'rule', {
        faults: [{ field: 'leaderEmail', code: choice.fault }],
      });
    return leaders.find((leader) => leader.personId === choice.leaderId) ?? null;
  }

  /** Whether a municipality takes part now, or when an agent who starts later does. */
  private async memberships(): Promise<ImportFacts['isMember']> {
    const periods = await this.database.select<{ code: string; fromOn: LocalDate; toOn: LocalDate | null }>(
      'SELECT municipalityCode AS code, fromOn, toOn FROM membership',
    );
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    return (code, startOn) => {
      const on = startOn > today ? startOn : today;
      return periods.some(
        (period) =>
          period.code === code && period.fromOn <= on && (period.toOn === null || period.toOn >= on),
      );
    };
  }

  private async lookUp<T>(keys: readonly string[], sql: (placeholders: string) => string): Promise<T[]> {
    const unique = [...new Set(keys)];
    const found: T[] = [];
    for (let from = 0; from < unique.length; from += LOOKED_UP_TOGETHER) {
      const chunk = unique.slice(from, from + LOOKED_UP_TOGETHER);
      found.push(...(await this.database.select<T>(sql(chunk.map(() => '?').join(', ')), chunk)));
    }
    return found;
  }
}

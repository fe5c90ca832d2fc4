import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import type { FieldFault } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { selectRows } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import { lookUp } from './figure-agents.js';
import { gateFault, type AgreementTerms, type EmploymentSpan } from './figure-gates.rules.js';

/** What stands against keeping the figure of an agent for a month. */
export type FigureGate = (agentId: number, month: Month) => FieldFault | undefined;

/** Tells which figures may be kept. */
@Injectable()
export class FigureGates {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  /** The gate for these agents, as the database has them now. */
  async of(source: EntityManager | DataSource, agentIds: readonly number[]): Promise<FigureGate> {
    const spans = await lookUp<EmploymentSpan & { agentId: number }>(
      source,
      agentIds,
      (list) =>
        `SELECT agentId, municipalityCode, startOn, endOn FROM employment WHERE agentId IN (${list}) ORDER BY startOn, id`,
    );
    const municipalities = await selectRows<
      { code: string; name: string } & { [Term in keyof AgreementTerms]: string | null }
    >(
      source,
      `SELECT u.code, u.name, g.signedOn, g.figuresFrom FROM municipality u
         LEFT JOIN figures_agreement g ON g.municipalityCode = u.code`,
    );
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const byCode = new Map(municipalities.map((row) => [row.code, row]));
    const agreementOf = (code: string): AgreementTerms | undefined => {
      const { signedOn, figuresFrom } = byCode.get(code) ?? {};
      return signedOn && figuresFrom ? { signedOn, figuresFrom } : undefined;
    };
    const byAgent = new Map<number, EmploymentSpan[]>();
    for (const span of spans) byAgent.set(span.agentId, [...(byAgent.get(span.agentId) ?? []), span]);
    const spansOf = (agentId: number) => byAgent.get(agentId) ?? [];
    const nameOf = (code: string) => byCode.get(code)?.name ?? code;
    return (agentId, month) => {
      if (month > today.slice(0, 7)) return { field: 'month', code: 'figures_future_month' };
      return gateFault(month, spansOf(agentId), agreementOf, today, nameOf);
    };
  }
}

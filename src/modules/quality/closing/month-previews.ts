import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { decodeCursor, toPage } from '../../../common/pagination.js';
import { ENV, type Env } from '../../../config/env.js';
import type { Month } from '../month.rules.js';
import { compare, keyOf, type AssessedAgent, type AssessedMonth } from './assessed-month.rules.js';
import { closingFault, openHits, seenOf } from './closing.rules.js';
import { ClosingQueries } from './closing.queries.js';
import { CorrectedCases } from './corrected-cases.js';
import { MonthAssessments } from './month-assessments.js';
import type { PreviewView } from './month-preview.schemas.js';
import { noticeTimes } from './notice-times.rules.js';
import { PreviewItems } from './preview-items.js';

/** So many agents of whom it cannot be told are named. */
const NAMED_UNKNOWN = 200;

/** Which part of the agents is shown. */
export interface PreviewPage {
  limit: number;
  cursor?: string | undefined;
}

/** Shows what closing a month would do. Writes nothing. */
@Injectable()
export class MonthPreviews {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly assessments: MonthAssessments,
    private readonly items: PreviewItems,
    private readonly closings: ClosingQueries,
    private readonly corrected: CorrectedCases,
  ) {}

  /** The agents of whom a preview shows figures. */
  static agentsIn({ items, unknown, corrections }: PreviewView): number[] {
    return [...items, ...unknown, ...corrections.noLongerHit].map(({ agentId }) => agentId);
  }

  /** The preview of a month, a page of its agents at a time; without a policy it says so. */
  async of(month: Month, page: PreviewPage): Promise<PreviewView> {
    const assessed = await this.assessments.of(month);
    const closings = await this.closings.ofMonths([month]);
    const isClosed = closings.some(({ undoneAt }) => undoneAt === null);
    const agents = assessed?.agents ?? [];
    const { items, nextCursor } = pageOf(agents, page);
    return {
      month,
      ...this.frame(assessed, month),
      counts: countsOf(assessed),
      items: await this.items.of(items, isClosed),
      nextCursor,
      unknown: (assessed?.unknown ?? []).slice(0, NAMED_UNKNOWN).map(asUnknown),
      closings,
      corrections: {
        nowHit: isClosed ? openHits(agents, month).map(({ agentId }) => agentId) : [],
        noLongerHit: isClosed ? await this.corrected.of(month) : [],
      },
    };
  }

  /** Under which policy, when whom is told, and why not. */
  private frame(assessed: AssessedMonth | null, month: Month) {
    const times = assessed && noticeTimes(this.clock.now(), assessed.policy, this.env.TZ_NAME);
    return {
      policyVersion: assessed?.policy.id ?? null,
      appliesFrom: assessed?.policy.appliesFrom ?? null,
      fault: closingFault(assessed, month, this.today())?.code ?? null,
      finalAt: times?.finalAt.toISOString() ?? null,
      agentToldOn: times?.agentToldOn ?? null,
      leaderToldOn: times?.leaderToldOn ?? null,
      missingMonths: assessed?.missingMonths ?? [],
      seen: assessed && seenOf(assessed),
    };
  }

  private today(): LocalDate {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }
}

function pageOf(agents: readonly AssessedAgent[], { limit, cursor }: PreviewPage) {
  const after = decodeCursor(cursor, ['number', 'string', 'number']);
  const from = after ? agents.findIndex((one) => compare(keyOf(one), after) > 0) : 0;
  return toPage(from < 0 ? [] : agents.slice(from, from + limit + 1), limit, keyOf);
}

function countsOf(assessed: AssessedMonth | null): PreviewView['counts'] {
  const agents = assessed?.agents ?? [];
  const count = (wanted: string) => agents.filter(({ outcome }) => outcome === wanted).length;
  return {
    hit: count('hit'),
    ticked: agents.filter(({ isTicked }) => isTicked).length,
    followUp: count('follow_up'),
    watch: count('watch'),
    unknown: assessed?.unknown.length ?? 0,
  };
}

function asUnknown({ agentId, agent, streak }: AssessedAgent) {
  return { agentId, name: agent.name, missing: streak.missing };
}

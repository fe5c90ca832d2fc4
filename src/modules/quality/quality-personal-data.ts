import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PersonalData, Retention, type PersonalHolding } from '../privacy/index.js';
import { FIGURES_VIEWED } from './figure-looks.js';
import { FIGURE_PLACES, LOOKER_ROLES } from './figure-looks.rules.js';
import { DisputeRemoval } from './notices/dispute-removal.js';

const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';

/** What an entry's details say about one thing, for a database that reads no JSON. */
const toldAs = (name: string, values: readonly string[]): string =>
  `CASE ${values.map((value) => `WHEN detail LIKE '%"${name}":"${value}"%' THEN '${value}'`).join(' ')} END AS ${name}`;

/** Who looked: the role, not the name, and on what. Whoever reads the data export for the agent sees the figures there. */
const LOOKS: PersonalHolding = {
  table: 'figures_viewed',
  select: `SELECT at, ${toldAs('role', LOOKER_ROLES)}, ${toldAs('place', FIGURE_PLACES)} FROM audit_entry
            WHERE action = '${FIGURES_VIEWED}' AND subjectType = 'agent' AND subjectId IN ${OWN_AGENT}
            UNION ALL
           SELECT at, 'secretariat', 'export' FROM audit_entry
            WHERE action = 'person.data_exported' AND subjectType = 'person' AND subjectId = ? AND actorPersonId <> subjectId
              AND EXISTS ${OWN_AGENT} ORDER BY at DESC`,
};

/** What an agent's figures were used for. */
const USES: PersonalHolding[] = [
  {
    table: 'quality_case',
    select: `SELECT streakFrom, streakTo, state, createdAt, agentToldAt, leaderToldAt, endedAt, endReason FROM quality_case
              WHERE agentId IN ${OWN_AGENT} ORDER BY id`,
    words: { state: 'cases.state', endReason: 'cases.reason' },
  },
  {
    table: 'quality_case_month',
    select: `SELECT k.month, k.answered, k.resolved, k.warmTransferred FROM quality_case_month k
               JOIN quality_case c ON c.id = k.caseId WHERE c.agentId IN ${OWN_AGENT} ORDER BY k.caseId, k.month`,
  },
  {
    table: 'closing_exclusion',
    select: `SELECT l.month, l.closedAt, x.reason FROM closing_exclusion x JOIN month_closing l ON l.id = x.closingId
              WHERE x.agentId IN ${OWN_AGENT} ORDER BY l.id`,
    words: { reason: 'closing.exclusion' },
    erase: async (tx, personId) => {
      await execute(tx, `DELETE FROM closing_exclusion WHERE agentId IN ${OWN_AGENT}`, [personId]);
    },
  },
];

/** What somebody decided for others: no figure of theirs is told here. */
const ACTS: PersonalHolding[] = [
  {
    table: 'figure_dispute',
    select: 'SELECT answeredAt FROM figure_dispute WHERE answeredByPersonId = ? ORDER BY id',
  },
  {
    table: 'month_closing',
    select: `SELECT month, closedAt, undoneAt FROM month_closing WHERE closedByPersonId = ? OR undoneByPersonId = ?
              ORDER BY id`,
  },
  {
    table: 'quality_policy',
    select: 'SELECT appliesFrom, createdAt FROM quality_policy WHERE byPersonId = ? ORDER BY id',
  },
  {
    table: 'figures_agreement',
    select: `SELECT u.name AS municipality, g.signedOn, g.figuresFrom FROM figures_agreement g
               JOIN municipality u ON u.code = g.municipalityCode WHERE g.byPersonId = ?`,
  },
];

/** What the module holds about a person beside figures and talks, and for how long cases are kept. */
@Injectable()
export class QualityPersonalData implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
    private readonly unitOfWork: UnitOfWork,
    private readonly disputes: DisputeRemoval,
  ) {}

  onModuleInit(): void {
    this.personalData.register(LOOKS, ...USES, this.disputeHolding(), ...ACTS);
    this.retention.register({
      key: 'cases',
      months: this.env.RETENTION_CASE_MONTHS,
      run: (before) => this.purge(before),
    });
  }

  /** What the agent has said about figures. */
  private disputeHolding(): PersonalHolding {
    return {
      table: 'figure_dispute',
      select: `SELECT month, reason, createdAt, answer, answeredAt FROM figure_dispute WHERE agentId IN ${OWN_AGENT} ORDER BY id`,
      words: { reason: 'disputes.reason', answer: 'disputes.answer' },
      erase: (tx, personId) =>
        this.disputes.remove(tx, { sql: `agentId IN ${OWN_AGENT}`, values: [personId] }),
    };
  }

  /** Cases that ended before, with their talks. */
  private purge(before: Date): Promise<number> {
    const ended = '(SELECT id FROM quality_case WHERE endedAt < ?)';
    return this.unitOfWork.run(async (tx) => {
      await execute(
        tx,
        `DELETE FROM coaching_time WHERE talkId IN (SELECT t.id FROM coaching_talk t WHERE t.caseId IN ${ended})`,
        [before],
      );
      for (const table of ['coaching_talk', 'quality_case_month'])
        await execute(tx, `DELETE FROM ${table} WHERE caseId IN ${ended}`, [before]);
      return (await execute(tx, 'DELETE FROM quality_case WHERE endedAt < ?', [before])).affected;
    });
  }
}

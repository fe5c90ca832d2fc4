import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, id, instant, integer, localDate, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const PRIMARY = { isPrimary: true } as const;
const municipality = (name: string, column = 'municipalityCode') => ({
  name,
  column,
  references: 'municipality',
  key: 'code',
});
const agent = (name: string) => ({ name, column: 'agentId', references: 'agent' });
const person = (name: string, column: string) => ({ name, column, references: 'person' });

const FIGURES: TablePlan[] = [
  {
    name: 'figures_agreement',
    columns: [
      text('municipalityCode', 3, PRIMARY),
      localDate('signedOn'),
      localDate('figuresFrom'),
      integer('byPersonId'),
      instant('createdAt'),
      integer('version'),
    ],
    foreignKeys: [
      municipality('fk_figures_agreement_municipality'),
      person('fk_figures_agreement_person', 'byPersonId'),
    ],
  },
  {
    name: 'quality_policy',
    columns: [
      id(),
      integer('thresholdNumerator'),
      integer('thresholdDenominator'),
      integer('months'),
      integer('watchMonths'),
      integer('minimumCalls'),
      flag('warmTransferCounts'),
      text('appliesFrom', 7),
      integer('agentFirstDays'),
      integer('undoHours'),
      integer('byPersonId'),
      instant('createdAt'),
    ],
    foreignKeys: [person('fk_quality_policy_person', 'byPersonId')],
  },
  {
    name: 'resolution_month',
    columns: [text('month', 7, PRIMARY), instant('importedAt'), instant('changedAt')],
  },
  {
    name: 'resolution_figure',
    columns: [
      id(),
      integer('agentId'),
      text('month', 7),
      integer('answered'),
      integer('resolved'),
      integer('warmTransferred', nullable),
      integer('handlingSeconds', nullable),
      instant('changedAt'),
    ],
    unique: { uq_resolution_figure: ['agentId', 'month'] },
    indices: { ix_resolution_figure_month: ['month', 'agentId'] },
    foreignKeys: [agent('fk_resolution_figure_agent')],
  },
  {
    name: 'figure_correction',
    columns: [
      id(),
      integer('agentId'),
      text('month', 7),
      integer('answeredBefore'),
      integer('resolvedBefore'),
      integer('warmTransferredBefore', nullable),
      integer('answeredAfter'),
      integer('resolvedAfter'),
      integer('warmTransferredAfter', nullable),
      integer('byPersonId'),
      instant('at'),
    ],
    indices: {
      ix_figure_correction_agent: ['agentId', 'month'],
      ix_figure_correction_month: ['month', 'at'],
    },
    foreignKeys: [agent('fk_figure_correction_agent'), person('fk_figure_correction_person', 'byPersonId')],
  },
  {
    name: 'figure_alias',
    columns: [
      id(),
      text('aliasKey', 200),
      integer('agentId', nullable),
      integer('byPersonId'),
      instant('createdAt'),
    ],
    unique: { uq_figure_alias: ['aliasKey'] },
    indices: { ix_figure_alias_agent: ['agentId'] },
    foreignKeys: [agent('fk_figure_alias_agent'), person('fk_figure_alias_person', 'byPersonId')],
  },
];

const CASES: TablePlan[] = [
  {
    name: 'month_closing',
    columns: [
      id(),
      text('month', 7),
      integer('policyId'),
      integer('closedByPersonId'),
      instant('closedAt'),
      instant('finalAt'),
      integer('undoneByPersonId', nullable),
      instant('undoneAt', nullable),
    ],
    indices: { ix_month_closing_month: ['month'] },
    foreignKeys: [
      { name: 'fk_month_closing_policy', column: 'policyId', references: 'quality_policy' },
      person('fk_month_closing_person', 'closedByPersonId'),
    ],
  },
  {
    name: 'closing_exclusion',
    columns: [integer('closingId', PRIMARY), integer('agentId', PRIMARY), text('reason', 30)],
    indices: { ix_closing_exclusion_agent: ['agentId'] },
    foreignKeys: [
      { name: 'fk_closing_exclusion_closing', column: 'closingId', references: 'month_closing' },
      agent('fk_closing_exclusion_agent'),
    ],
  },
  {
    name: 'quality_case',
    columns: [
      id(),
      integer('agentId'),
      integer('employmentId'),
      text('municipalityCode', 3),
      integer('closingId'),
      text('streakFrom', 7),
      text('streakTo', 7),
      text('liveStreakFrom', 7, nullable),
      text('state', 12),
      instant('agentNoticeAt'),
      instant('agentToldAt', nullable),
      instant('leaderNoticeAt', nullable),
      instant('leaderToldAt', nullable),
      instant('endedAt', nullable),
      text('endReason', 20, nullable),
      flag('isTalkRelevant', nullable),
      instant('createdAt'),
      integer('version'),
    ],
    unique: { uq_quality_case_streak: ['agentId', 'liveStreakFrom'] },
    indices: {
      ix_quality_case_state: ['state', 'agentNoticeAt'],
      ix_quality_case_leader_notice: ['state', 'leaderNoticeAt'],
      ix_quality_case_municipality: ['municipalityCode', 'state'],
      ix_quality_case_closing: ['closingId'],
    },
    foreignKeys: [
      agent('fk_quality_case_agent'),
      { name: 'fk_quality_case_employment', column: 'employmentId', references: 'employment' },
      municipality('fk_quality_case_municipality'),
      { name: 'fk_quality_case_closing', column: 'closingId', references: 'month_closing' },
    ],
  },
  {
    name: 'quality_case_month',
    columns: [
      integer('caseId', PRIMARY),
      text('month', 7, PRIMARY),
      integer('answered'),
      integer('resolved'),
      integer('warmTransferred', nullable),
      integer('followUpOf', nullable),
    ],
    foreignKeys: [
      { name: 'fk_quality_case_month_case', column: 'caseId', references: 'quality_case' },
      { name: 'fk_quality_case_month_closing', column: 'followUpOf', references: 'month_closing' },
    ],
  },
  {
    name: 'figure_dispute',
    columns: [
      id(),
      integer('agentId'),
      text('month', 7),
      integer('openAgentId', nullable),
      text('reason', 20),
      instant('createdAt'),
      text('answer', 12, nullable),
      integer('answeredByPersonId', nullable),
      instant('answeredAt', nullable),
    ],
    unique: { uq_figure_dispute_open: ['openAgentId', 'month'] },
    indices: {
      ix_figure_dispute_agent: ['agentId', 'month'],
      ix_figure_dispute_open: ['answeredAt', 'createdAt'],
    },
    foreignKeys: [agent('fk_figure_dispute_agent'), person('fk_figure_dispute_person', 'answeredByPersonId')],
  },
];

const TALKS: TablePlan[] = [
  {
    name: 'coach_grant',
    columns: [integer('personId', PRIMARY), integer('grantedByPersonId'), instant('grantedAt')],
    foreignKeys: [
      person('fk_coach_grant_person', 'personId'),
      person('fk_coach_grant_granted_by', 'grantedByPersonId'),
    ],
  },
  {
    name: 'coaching_talk',
    columns: [
      id(),
      integer('caseId'),
      integer('openCaseId', nullable),
      integer('agentId'),
      text('agentMunicipalityCode', 3),
      integer('coachPersonId'),
      text('coachMunicipalityCode', 3),
      text('state', 10),
      instant('startsAt', nullable),
      integer('minutes'),
      text('link', 500, nullable),
      integer('sequence'),
      text('nextStep', 500, nullable),
      integer('offeredByPersonId'),
      instant('createdAt'),
      instant('offeredAt', nullable),
      instant('endedAt', nullable),
      integer('version'),
    ],
    unique: { uq_coaching_talk_open: ['openCaseId'] },
    indices: {
      ix_coaching_talk_case: ['caseId'],
      ix_coaching_talk_coach: ['coachPersonId', 'state'],
      ix_coaching_talk_agent: ['agentId'],
    },
    foreignKeys: [
      { name: 'fk_coaching_talk_case', column: 'caseId', references: 'quality_case' },
      agent('fk_coaching_talk_agent'),
      municipality('fk_coaching_talk_agent_municipality', 'agentMunicipalityCode'),
      person('fk_coaching_talk_coach', 'coachPersonId'),
      municipality('fk_coaching_talk_coach_municipality', 'coachMunicipalityCode'),
      person('fk_coaching_talk_offered_by', 'offeredByPersonId'),
    ],
    checks: { ck_coaching_talk_elsewhere: 'coachMunicipalityCode <> agentMunicipalityCode' },
  },
  {
    name: 'coaching_time',
    columns: [id(), integer('talkId'), instant('startsAt'), instant('createdAt')],
    unique: { uq_coaching_time: ['talkId', 'startsAt'] },
    foreignKeys: [{ name: 'fk_coaching_time_talk', column: 'talkId', references: 'coaching_talk' }],
  },
];

const TABLES = [...FIGURES, ...CASES, ...TALKS];

/** Figures on single agents, what follows from them, and talks with somebody from elsewhere. */
export class Quality1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}

import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { insertRow } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type {
  CoachingTalk,
  MonthClosing,
  QualityCase,
  QualityCaseMonth,
} from '../../modules/quality/index.js';
import { insertMany } from '../full/demo-writing.js';
import type { DemoAgent } from './demo-callers.js';
import type { DemoFigure } from './demo-figures.js';
import type { DemoCase } from './demo-stories.js';

/** By what a case was judged, and by whom. */
export interface CaseGround {
  policyId: number;
  /** The first of them closes months. */
  secretariat: readonly { id: number; municipalityCode: string }[];
  zone: string;
}

const TALK_MINUTES = 45;
const LINK = 'https://teams.microsoft.com/l/meetup-join/demo';

/** A case of which the leader has been told, with the talk that was offered. */
export async function writeDemoCase(
  tx: Tx,
  agent: DemoAgent,
  told: DemoCase,
  figures: readonly DemoFigure[],
  { policyId, secretariat, zone }: CaseGround,
): Promise<void> {
  const byPersonId = secretariat[0]!.id;
  const closedAt = instantAt(told.closedOn, '10:20', zone);
  const closingId = await insertRow<MonthClosing>(tx, 'month_closing', {
    month: told.streakTo,
    policyId,
    closedByPersonId: byPersonId,
    closedAt,
    finalAt: instantAt(addDays(told.closedOn, 1), '10:20', zone),
    undoneByPersonId: null,
    undoneAt: null,
  });
  const caseId = await insertRow<QualityCase>(tx, 'quality_case', caseRow(agent, told, closingId, zone));
  await insertMany<QualityCaseMonth>(
    tx,
    'quality_case_month',
    figures.map(({ month, answered, resolved, warmTransferred }) => ({
      caseId,
      month,
      answered,
      resolved,
      warmTransferred,
      followUpOf: null,
    })),
  );
  // The last of them works for another municipality than the others.
  const coach = secretariat.at(-1)!;
  await insertRow<CoachingTalk>(tx, 'coaching_talk', {
    ...talkRow(told, caseId, zone),
    agentId: agent.id,
    agentMunicipalityCode: agent.open!.municipalityCode,
    coachPersonId: coach.id,
    coachMunicipalityCode: coach.municipalityCode,
    offeredByPersonId: byPersonId,
  });
}

function caseRow(agent: DemoAgent, told: DemoCase, closingId: number, zone: string): Omit<QualityCase, 'id'> {
  const at = (days: number, time: `${number}:${number}`): Date =>
    instantAt(addDays(told.closedOn, days), time, zone);
  return {
    agentId: agent.id,
    employmentId: agent.open!.id,
    municipalityCode: agent.open!.municipalityCode,
    closingId,
    streakFrom: told.streakFrom,
    streakTo: told.streakTo,
    liveStreakFrom: told.streakFrom,
    state: told.endedOn ? 'closed' : 'notified',
    agentNoticeAt: at(1, '10:20'),
    agentToldAt: at(1, '10:21'),
    leaderNoticeAt: at(6, '10:00'),
    leaderToldAt: at(6, '10:01'),
    endedAt: told.endedOn === null ? null : instantAt(told.endedOn, '14:00', zone),
    endReason: told.endedOn === null ? null : 'talked',
    isTalkRelevant: true,
    createdAt: at(0, '10:20'),
    version: 1,
  };
}

function talkRow({ talk, closedOn }: DemoCase, caseId: number, zone: string) {
  const isHeld = talk.state === 'held';
  const offeredAt = instantAt(offeredOn(closedOn), '11:05', zone);
  return {
    caseId,
    openCaseId: isHeld ? null : caseId,
    state: talk.state,
    startsAt: instantAt(talk.on, '13:00', zone),
    minutes: TALK_MINUTES,
    link: LINK,
    sequence: 0,
    nextStep: null,
    createdAt: offeredAt,
    offeredAt,
    endedAt: isHeld ? instantAt(talk.on, '13:45', zone) : null,
    version: 1,
  };
}

/** Two days after the leader was told. */
function offeredOn(closedOn: LocalDate): LocalDate {
  return addDays(closedOn, 8);
}

import { Inject, Injectable } from '@nestjs/common';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { AuditEntry } from '../../modules/audit/index.js';
import { insertMany, keysBy, peopleByEmail } from './demo-writing.js';
import { isOver } from './full-agents.js';
import type { DemoPlan, PlannedAgent } from './plan.js';

/** An entry of the trail, before keys are known. */
interface Noted {
  on: LocalDate;
  by: string | null;
  action: string;
  subject: [type: string, id: number];
  detail?: Record<string, string | boolean | null>;
}

const SECRETARIAT = 'sekretariat@vagtklar.test';

/** Writes the audit trail that would have come with it all, the oldest first. */
@Injectable()
export class FullTrail {
  constructor(@Inject(ENV) private readonly env: Env) {}

  async write(tx: Tx, plan: DemoPlan): Promise<void> {
    const people = await peopleByEmail(tx);
    const agents = await keysBy(tx, 'SELECT personId AS name, id FROM agent');
    const enrolments = await keysBy(tx, 'SELECT personId AS name, id FROM enrolment');
    const noted = [
      ...(await organisationTrail(tx, plan)),
      ...plan.agents.flatMap((agent) => {
        const own = String(people.get(agent.email));
        return [
          ...periodsTrail(plan.today, agent, agents.get(own)!),
          ...learningTrail(agent, enrolments.get(own)!),
        ];
      }),
    ];
    await insertMany<AuditEntry>(
      tx,
      'audit_entry',
      noted
        .filter(({ on }) => on <= plan.today)
        .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
        .map(({ on, by, action, subject, detail }) => ({
          at: instantAt(on, '10:00', this.env.TZ_NAME),
          actorPersonId: by === null ? null : people.get(by)!,
          action,
          subjectType: subject[0],
          subjectId: subject[1],
          detail: detail ? JSON.stringify(detail) : null,
        })),
    );
  }
}

async function organisationTrail(tx: Tx, { goLive, today }: DemoPlan): Promise<Noted[]> {
  const memberships = await keysBy(tx, 'SELECT municipalityCode AS name, id FROM membership');
  const courses = await keysBy(tx, 'SELECT code AS name, id FROM course');
  const versions = await keysBy(tx, "SELECT CONCAT(courseId, ':', number) AS name, id FROM course_version");
  const connections = await keysBy(tx, 'SELECT name, id FROM connection');
  const tokens = await keysBy(tx, 'SELECT name, id FROM api_token');
  const by = SECRETARIAT;
  const version = (code: string, number: number) => versions.get(`${courses.get(code)}:${number}`)!;
  return [
    ...[...memberships].map(([code, id]) => ({
      on: addDays(goLive, -10),
      by,
      action: 'membership.added',
      subject: ['membership', id] as [string, number],
      detail: { municipality: code },
    })),
    { on: addDays(goLive, -30), by, action: 'course.created', subject: ['course', courses.get('intro')!] },
    { on: goLive, by, action: 'course_version.published', subject: ['course_version', version('intro', 1)] },
    { on: goLive, by, action: 'connection.created', subject: ['connection', [...connections.values()][0]!] },
    {
      on: addDays(today, -140),
      by,
      action: 'api_token.made',
      subject: ['api_token', [...tokens.values()][0]!],
    },
    {
      on: addDays(today, -120),
      by,
      action: 'course_version.published',
      subject: ['course_version', version('leder-intro', 1)],
    },
    {
      on: addDays(today, -6),
      by,
      action: 'course_version.drafted',
      subject: ['course_version', version('intro', 2)],
    },
  ];
}

function periodsTrail(today: LocalDate, { periods }: PlannedAgent, agentId: number): Noted[] {
  const subject: Noted['subject'] = ['agent', agentId];
  return periods.flatMap((period, index) => {
    const before = periods[index - 1];
    const begun: Noted =
      before?.endReason === 'transferred'
        ? {
            on: period.startOn,
            by: SECRETARIAT,
            action: 'agent.transferred',
            subject,
            detail: { from: before.municipalityCode, to: period.municipalityCode, on: period.startOn },
          }
        : {
            on: period.registeredOn,
            by: period.leaderEmail,
            action: 'agent.registered',
            subject,
            detail: {
              municipality: period.municipalityCode,
              kind: period.kind,
              returns: before !== undefined,
            },
          };
    const { endOn, endReason } = period;
    if (endOn === null || endReason === 'transferred') return [begun];
    const detail: Noted['detail'] = isOver(period, today) ? { on: endOn, reason: endReason } : { on: endOn };
    const ended: Noted = isOver(period, today)
      ? { on: addDays(endOn, 1), by: null, action: 'agent.departed', subject, detail }
      : {
          on: addDays(today, -8),
          by: period.leaderEmail,
          action: 'agent.departure_planned',
          subject,
          detail,
        };
    return [begun, ended];
  });
}

function learningTrail({ periods, learning }: PlannedAgent, enrolmentId: number): Noted[] {
  const by = periods[0]!.leaderEmail;
  const subject: Noted['subject'] = ['enrolment', enrolmentId];
  const { completedOn, source, waiver } = learning;
  const noted: Noted[] = [];
  if (completedOn && (source === 'manual' || source === 'import'))
    noted.push({
      on: completedOn,
      by: source === 'import' ? SECRETARIAT : by,
      action: 'enrolment.completed_by_hand',
      subject,
      detail: { on: completedOn },
    });
  if (waiver)
    noted.push({ on: waiver.on, by, action: 'enrolment.waived', subject, detail: { reason: waiver.reason } });
  return noted;
}

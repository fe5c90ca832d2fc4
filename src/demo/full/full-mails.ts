import { Inject, Injectable } from '@nestjs/common';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, insertRow, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { LinkService } from '../../modules/identity/index.js';
import { OutboxService, type MailOrder } from '../../modules/notifications/index.js';
import type { Task } from '../../modules/tasks/index.js';
import { keysBy, peopleByEmail } from './demo-writing.js';
import { planMails, type PlannedMail } from './mail-plan.js';
import type { DemoPlan } from './plan.js';
import { planDays } from './plan-days.js';

const REFUSED = '550 5.1.1 Recipient address rejected: User unknown';
const COURSE = { title: 'Velkommen til Den Digitale Hotline', estimatedMinutes: 90 };
/** A refusal older than this has been dealt with. */
const DEALT_WITH_DAYS = 14;

/** The keys that the mails refer to. */
interface Keys {
  people: Map<string, number>;
  agents: Map<string, number>;
  enrolments: Map<string, number>;
  municipalities: Map<string, string>;
}

/** Writes the outbox: rendered as ever, but as of the day they were decided on. Only the queued ones will be sent. */
@Injectable()
export class FullMails {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
  ) {}

  async write(tx: Tx, plan: DemoPlan): Promise<void> {
    const names = await selectRows<{ code: string; name: string }>(tx, 'SELECT code, name FROM municipality');
    const keys: Keys = {
      people: await peopleByEmail(tx),
      agents: await keysBy(tx, 'SELECT personId AS name, id FROM agent'),
      enrolments: await keysBy(tx, 'SELECT personId AS name, id FROM enrolment'),
      municipalities: new Map(names.map(({ code, name }) => [code, name])),
    };
    for (const mail of planMails(plan)) await this.add(tx, plan, mail, keys);
  }

  private async add(tx: Tx, plan: DemoPlan, mail: PlannedMail, keys: Keys): Promise<void> {
    const order = await this.order(tx, plan, mail, keys);
    const id = await this.outbox.queue(tx, order);
    const at = this.at(mail.on, mail.template === 'elearning-reminder' ? '08:00' : '10:01');
    const isOpen = mail.state === 'queued' || mail.state === 'failed';
    await execute(
      tx,
      `UPDATE mail SET state = ?, createdAt = ?, nextAttemptAt = ?, attempts = ?, sentAt = ?, lastError = ?,
              sealedLinks = ${isOpen ? 'sealedLinks' : 'NULL'} WHERE id = ?`,
      [
        mail.state,
        at,
        mail.state === 'queued' ? this.at(mail.agent.welcomeOn!, '08:00') : at,
        mail.state === 'sent' || mail.state === 'failed' ? 1 : 0,
        mail.state === 'sent' ? new Date(at.getTime() + 20_000) : null,
        mail.state === 'failed' ? REFUSED : null,
        id,
      ],
    );
    if (mail.state === 'failed') await this.openTask(tx, plan.today, mail, id!, keys);
  }

  private async order(tx: Tx, plan: DemoPlan, mail: PlannedMail, keys: Keys): Promise<MailOrder> {
    const { agent, template, toLeader, dedupe } = mail;
    const leader = plan.leaders.find(({ email }) => email === agent.periods[0]!.leaderEmail)!;
    const to = toLeader ? { ...leader, language: 'da' } : agent;
    const personId = keys.people.get(to.email)!;
    const isReminder = template === 'elearning-reminder';
    const own = String(keys.people.get(agent.email));
    const enrolmentId = keys.enrolments.get(own)!;
    return {
      template,
      to: { personId, firstName: to.firstName, address: to.email, language: to.language },
      variables: this.variables(plan, mail, keys),
      ...(!toLeader && { secretLinks: { link: await this.link(tx, mail, personId) } }),
      about: isReminder
        ? { type: 'enrolment', id: enrolmentId }
        : { type: 'agent', id: keys.agents.get(own)! },
      ...(dedupe && { dedupeKey: `${template}:${enrolmentId}:${dedupe.dueOn}:${dedupe.weekdaysLeft}` }),
    };
  }

  /** Only a mail that may still go out needs a link that works. */
  private async link(tx: Tx, { agent, state }: PlannedMail, personId: number): Promise<string> {
    if (state === 'sent' || state === 'cancelled') return '-';
    const mailedAt = agent.welcomeOn ? this.at(agent.welcomeOn, '08:00') : undefined;
    return this.links.issue(tx, personId, 'personal', mailedAt);
  }

  private variables(
    plan: DemoPlan,
    { agent, on, template }: PlannedMail,
    keys: Keys,
  ): Record<string, unknown> {
    const [period, next] = agent.periods;
    const { startOn, firstShiftOn, municipalityCode, leaderEmail } = period!;
    const leader = plan.leaders.find(({ email }) => email === leaderEmail)!;
    const dayOn = planDays(plan.today).find((day) => day >= startOn && addDays(day, -7) >= on);
    const agentId = keys.agents.get(String(keys.people.get(agent.email)));
    return {
      ...COURSE,
      courses: [COURSE],
      agentName: `${agent.firstName} ${agent.lastName}`,
      agentUrl: `${this.env.PUBLIC_URL}/agenter/${agentId}${template === 'mail-undeliverable' ? '/ret' : ''}`,
      municipalityName: keys.municipalities.get(municipalityCode),
      leaderName: `${leader.firstName} ${leader.lastName}`,
      startOn,
      firstShiftOn,
      welcomeOn: agent.welcomeOn,
      dueOn: firstShiftOn ?? startOn,
      day: dayOn && {
        startsAt: this.at(dayOn, '09:00'),
        venue: 'DOKK1, Aarhus',
        address: 'Hack Kampmanns Plads 2, 8000 Aarhus C',
      },
      ...(next && {
        fromName: keys.municipalities.get(municipalityCode),
        toName: keys.municipalities.get(next.municipalityCode),
        on: next.startOn,
        lastDay: period!.endOn,
      }),
    };
  }

  /** A wrong address is for the secretariat to look at; the older ones have been. */
  private async openTask(
    tx: Tx,
    today: LocalDate,
    mail: PlannedMail,
    mailId: number,
    keys: Keys,
  ): Promise<void> {
    const isDone = mail.on < addDays(today, -DEALT_WITH_DAYS);
    await insertRow<Task>(tx, 'task', {
      kind: 'mail_failed',
      subjectType: 'mail',
      subjectId: mailId,
      municipalityCode: mail.agent.periods[0]!.municipalityCode,
      dedupeKey: `mail_failed:mail:${mailId}:1`,
      createdAt: this.at(mail.on, '10:01'),
      doneAt: isDone ? this.at(addDays(mail.on, 3), '09:30') : null,
      doneByPersonId: isDone ? keys.people.get('sekretariat.2@vagtklar.test')! : null,
    });
  }

  private at(on: LocalDate, time: `${number}:${number}`): Date {
    return instantAt(on, time, this.env.TZ_NAME);
  }
}

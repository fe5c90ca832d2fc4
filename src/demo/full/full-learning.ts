import { Inject, Injectable } from '@nestjs/common';
import { hashToken } from '../../common/crypto.js';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, insertRow, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { EnrolmentService, type RecordedEvent, type Waiver } from '../../modules/courses/index.js';
import type { InboxMessage } from '../../modules/tracking/index.js';
import type { PlannedAgent, PlannedLearning } from './plan.js';

/** Name of the e-learning host that reports completions. */
export const DEMO_HOST = 'Articulate';
/** Where the completions come from that people vouch for, as their own modules call it. */
const SOURCES = { webhook: DEMO_HOST, manual: 'manual', import: 'import', registration: 'registration' };
/** Messages older than this are not shown: what they said is in the events. */
const MESSAGES_DAYS = 25;

/** An enrolment as it is written about. */
interface Written {
  id: number;
  reference: string;
  leaderId: number;
  secretariatId: number;
}

/** Enrols agents and writes what was said about their e-learning. */
@Injectable()
export class FullLearning {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly enrolments: EnrolmentService,
  ) {}

  /** Enrols the agents in their course and lets them learn. */
  async write(tx: Tx, today: LocalDate, agents: readonly PlannedAgent[], people: Map<string, number>) {
    const [course] = await selectRows<{ id: number }>(tx, "SELECT id FROM course WHERE code = 'intro'");
    for (const agent of agents) {
      const [{ startOn, registeredOn, leaderEmail }] = agent.periods as [PlannedAgent['periods'][0]];
      const personId = people.get(agent.email)!;
      const enrolledOn = startOn < registeredOn ? startOn : registeredOn;
      await this.enrolments.enrol(tx, personId, course!.id, enrolledOn);
      const [enrolment] = await selectRows<{ id: number; reference: string }>(
        tx,
        'SELECT id, reference FROM enrolment WHERE personId = ? AND courseId = ?',
        [personId, course!.id],
      );
      await execute(tx, 'UPDATE enrolment SET createdAt = ? WHERE id = ?', [
        this.at(registeredOn, '10:00'),
        enrolment!.id,
      ]);
      const leaderId = people.get(leaderEmail)!;
      const secretariatId = people.get('sekretariat@vagtklar.test')!;
      await this.learn(tx, today, agent.learning, { ...enrolment!, leaderId, secretariatId });
    }
  }

  private async learn(tx: Tx, today: LocalDate, learning: PlannedLearning, on: Written): Promise<void> {
    const { begunOn, completedOn, source, waiver } = learning;
    if (begunOn) await this.record(tx, on.id, { occurredAt: this.at(begunOn, '09:15') });
    if (completedOn) {
      const isVouchedFor = source !== 'webhook';
      const occurredAt = this.at(completedOn, isVouchedFor ? '12:00' : '14:20');
      const isShown = !isVouchedFor && completedOn > addDays(today, -MESSAGES_DAYS);
      await this.record(tx, on.id, {
        occurredAt,
        completion: 'completed',
        success: 'passed',
        scoreScaled: isVouchedFor ? null : 0.8 + (on.id % 5) / 25,
        source: SOURCES[source],
        inboxMessageId: isShown ? await this.receive(tx, on, occurredAt) : null,
        note: learning.note,
        recordedByPersonId: isVouchedFor ? (source === 'import' ? on.secretariatId : on.leaderId) : null,
      });
    }
    if (!waiver) return;
    await insertRow<Waiver>(tx, 'waiver', {
      enrolmentId: on.id,
      reason: waiver.reason,
      byPersonId: on.leaderId,
      createdAt: this.at(waiver.on, '11:00'),
      revokedAt: null,
      revokedByPersonId: null,
    });
    await this.enrolments.waive(tx, on.id);
  }

  private record(tx: Tx, enrolmentId: number, event: Partial<RecordedEvent> & { occurredAt: Date }) {
    return this.enrolments.record(tx, enrolmentId, {
      completion: 'incomplete',
      success: null,
      scoreScaled: null,
      seconds: null,
      source: DEMO_HOST,
      inboxMessageId: null,
      ...event,
    });
  }

  /** The host's message as it came in. */
  private async receive(tx: Tx, { id, reference }: Written, occurredAt: Date): Promise<number> {
    const [connection] = await selectRows<{ id: number }>(tx, 'SELECT id FROM connection WHERE name = ?', [
      DEMO_HOST,
    ]);
    const messageId = `demo-${id}`;
    const body = {
      type: 'course.completed',
      id: messageId,
      occurredAt: occurredAt.toISOString(),
      enrolment: reference,
      success: 'passed',
    };
    return insertRow<InboxMessage>(tx, 'inbox_message', {
      connectionId: connection!.id,
      messageId,
      messageHash: hashToken(messageId),
      body: JSON.stringify(body),
      status: 'applied',
      reason: null,
      enrolmentId: id,
      learnerKey: null,
      receivedAt: new Date(occurredAt.getTime() + 4000),
    });
  }

  private at(on: LocalDate, time: `${number}:${number}`): Date {
    return instantAt(on, time, this.env.TZ_NAME);
  }
}

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import type { Tx } from '../../../database/unit-of-work.js';
import {
  MailReasons,
  nextOfficeInstant,
  OutboxService,
  type MailReceiver,
} from '../../notifications/index.js';
import type { WaveSecret } from './wave-secret.js';

const TOGETHER = 100;

/** A wave as its mails tell of it. */
export interface MailedSurvey {
  id: number;
  title: string;
  closesOn: string;
}

/** Somebody who is mailed. */
export interface SurveyReceiver {
  personId: number;
  firstName: string;
  email: string;
  language: string;
}

/** The mails of a wave. They go to everybody who was asked alike, since nobody knows who has answered. */
@Injectable()
export class SurveyMails implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly outbox: OutboxService,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    for (const template of ['survey-invitation', 'survey-reminder'])
      this.reasons.register(template, (surveyId) => this.isOpen(surveyId));
  }

  /** Invites; the link stands encrypted in the mail until it is sent, and nowhere after that. */
  invite(tx: Tx, survey: MailedSurvey, people: readonly SurveyReceiver[], secret: WaveSecret): Promise<void> {
    return this.queue(tx, 'survey-invitation', survey, people, secret);
  }

  /** Reminds, in office hours, with the same link again. */
  remind(tx: Tx, survey: MailedSurvey, people: readonly SurveyReceiver[], secret: WaveSecret): Promise<void> {
    const notBefore = nextOfficeInstant(this.clock.now(), this.env.TZ_NAME);
    return this.queue(tx, 'survey-reminder', survey, people, secret, notBefore);
  }

  private async queue(
    tx: Tx,
    template: 'survey-invitation' | 'survey-reminder',
    { id, title, closesOn }: MailedSurvey,
    people: readonly SurveyReceiver[],
    secret: WaveSecret,
    notBefore?: Date,
  ): Promise<void> {
    const orders = people.map((person) => ({
      template,
      to: receiverOf(person),
      variables: { title, closesOn },
      secretLinks: { link: `${this.env.PUBLIC_URL}/trivsel/svar/${secret.tokenOf(person.personId)}` },
      about: { type: 'survey', id },
      ...(notBefore && { notBefore }),
    }));
    for (let from = 0; from < orders.length; from += TOGETHER)
      await this.outbox.queueTogether(tx, orders.slice(from, from + TOGETHER));
  }

  private async isOpen(surveyId: number): Promise<boolean> {
    const sql = "SELECT id FROM survey WHERE id = ? AND state = 'open'";
    return (await this.database.selectOne(sql, [surveyId])) !== undefined;
  }
}

/** Somebody as the outbox takes a receiver. */
export function receiverOf({ personId, firstName, email, language }: SurveyReceiver): MailReceiver {
  return { personId, firstName, address: email, language };
}

import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { OutboxService } from '../../notifications/index.js';
import { AskedAgents, type AskedAgent } from '../answering/asked-agents.js';
import { receiverOf } from '../answering/survey-mails.js';

const TOGETHER = 100;

/** "You said, we do"; without an English text everybody reads the Danish one. */
export interface PublishedMessage {
  messageDa: string;
  messageEn?: string | undefined;
}

/** Shows a wave to leaders and agents, with what is going to be done about it. */
@Injectable()
export class PublicationService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly agents: AskedAgents,
    private readonly outbox: OutboxService,
    private readonly audit: AuditService,
  ) {}

  /** Publishes a closed wave and mails every agent. @throws DomainError `not_found`, `survey_not_closed` */
  publish(
    surveyId: number,
    message: PublishedMessage,
    byPersonId: number,
    call: IdempotentCall,
  ): Promise<{ mails: number }> {
    return this.idempotency.run(call, async (tx) => {
      const { affected } = await execute(
        tx,
        `UPDATE survey SET state = 'published', publishedAt = ?, messageDa = ?, messageEn = ?, version = version + 1
          WHERE id = ? AND state = 'closed'`,
        [this.clock.now(), message.messageDa, message.messageEn ?? null, surveyId],
      );
      const [survey] = await selectRows<{ title: string }>(tx, 'SELECT title FROM survey WHERE id = ?', [
        surveyId,
      ]);
      if (!survey) throw new DomainError('not_found', 'not_found');
      if (affected === 0) throw new DomainError('survey_not_closed', 'conflict');
      const people = await this.agents.on(tx, localDateOf(this.clock.now(), this.env.TZ_NAME));
      await this.mail(tx, { id: surveyId, title: survey.title, message }, people);
      await this.audit.record(tx, {
        actorPersonId: byPersonId,
        action: 'survey.published',
        subjectType: 'survey',
        subjectId: surveyId,
        detail: { mails: people.length },
      });
      return { mails: people.length };
    });
  }

  private async mail(
    tx: Tx,
    { id, title, message }: { id: number; title: string; message: PublishedMessage },
    people: readonly AskedAgent[],
  ): Promise<void> {
    const orders = people.map((person) => ({
      template: 'survey-published' as const,
      to: receiverOf(person),
      variables: {
        title,
        message: person.language === 'en' ? (message.messageEn ?? message.messageDa) : message.messageDa,
        link: `${this.env.PUBLIC_URL}/mit/trivsel`,
      },
      about: { type: 'survey', id },
    }));
    for (let from = 0; from < orders.length; from += TOGETHER)
      await this.outbox.queueTogether(tx, orders.slice(from, from + TOGETHER));
  }
}

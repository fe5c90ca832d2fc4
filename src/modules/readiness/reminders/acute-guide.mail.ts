import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { LinkService } from '../../identity/index.js';
import { MailReasons, OutboxService } from '../../notifications/index.js';
import {
  ACUTE_TEMPLATE,
  AcuteGuideQueries,
  type AcuteReader,
  type AcuteVersion,
  type AddressedAgent,
} from './acute-guides.queries.js';
import { NoticeWriter, type ToldVersion } from './notice-writer.js';
import { guidePath } from './reading-paths.js';

/** Queues the mails about an acute version, once for each agent, to go out at once. */
@Injectable()
export class AcuteGuideMail implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: AcuteGuideQueries,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
    private readonly notices: NoticeWriter,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    this.reasons.register(ACUTE_TEMPLATE, (agentId, key) =>
      this.queries.isUnread(agentId, Number(key?.split(':').at(-1))),
    );
  }

  /** Queues the mails to the agents, in one unit of work. */
  async queue(version: AcuteVersion, readers: readonly AcuteReader[]): Promise<void> {
    const people = await this.queries.people(readers.map(({ agentId }) => agentId));
    await this.unitOfWork.run(async (tx) => {
      const told: (ToldVersion & { mailId: number })[] = [];
      for (const { agentId, startsAt } of readers) {
        const mailId = await this.mail(tx, version, people.get(agentId)!, startsAt);
        if (mailId !== null) told.push({ agentId, versionId: version.id, startsAt, mailId });
      }
      await this.notices.agentsTold(tx, told);
    });
  }

  private async mail(
    tx: Tx,
    { id, guideId, title, changeNote, minutes }: AcuteVersion,
    { agentId, personId, firstName, email, language }: AddressedAgent,
    startsAt: Date,
  ): Promise<number | null> {
    const link = await this.links.issue(tx, personId, 'personal', undefined, guidePath(guideId));
    return this.outbox.queue(tx, {
      template: ACUTE_TEMPLATE,
      to: { personId, firstName, address: email, language },
      variables: { title, changeNote, minutes, startsAt },
      secretLinks: { link },
      dedupeKey: `${ACUTE_TEMPLATE}:${agentId}:${id}`,
      about: { type: 'agent', id: agentId },
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../database/unit-of-work.js';
import { LinkService } from '../../identity/index.js';
import { OutboxService } from '../../notifications/index.js';
import type { DigestAgent } from './digest-contents.queries.js';
import { digestList } from './digest.rules.js';
import { DIGEST_TEMPLATE, type DueAgent } from './due-agents.queries.js';
import { guidePath, READING_LIST_PATH } from './reading-paths.js';

/** Queues an agent's digest. */
@Injectable()
export class DigestMail {
  constructor(
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
  ) {}

  /** @returns the mail, or null when somebody else has queued today's */
  async queue(tx: Tx, agent: DigestAgent, { occasion, dedupeKey }: DueAgent): Promise<number | null> {
    const { agentId, personId, firstName, email, language } = agent;
    const list = digestList(agent.versions);
    const [only] = list.guides;
    const target = list.count === 1 ? guidePath(only!.guideId) : READING_LIST_PATH;
    return this.outbox.queue(tx, {
      template: DIGEST_TEMPLATE,
      to: { personId, firstName, address: email, language },
      variables: { ...list, isOne: list.count === 1, isNew: occasion === 'new', isLast: occasion === 1 },
      secretLinks: { link: await this.links.issue(tx, personId, 'personal', undefined, target) },
      dedupeKey,
      about: { type: 'agent', id: agentId },
    });
  }
}

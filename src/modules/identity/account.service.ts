import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { OutboxService, type MailOrder } from '../notifications/index.js';
import { LinkService } from './link.service.js';
import type { LinkPurpose } from './links.rules.js';
import { PeopleQueries, type Account } from './people.queries.js';
import { SignInThrottle } from './sign-in-throttle.service.js';

const TEMPLATES = {
  'sign-in': 'sign-in-link',
  reset: 'password-reset',
  personal: 'personal-link',
  invitation: 'invitation',
} as const satisfies Record<LinkPurpose, MailOrder['template']>;

/** Mails people their links. */
@Injectable()
export class AccountService {
  constructor(
    private readonly people: PeopleQueries,
    private readonly links: LinkService,
    private readonly outbox: OutboxService,
    private readonly throttle: SignInThrottle,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Mails a link to whoever has the address. Nobody can tell from the answer whether there is such a person: the
   * attempt is counted either way, and wishes beyond the limit are answered alike.
   * @param target the page of ours to which a sign-in leads; the start page when null
   */
  async requestLink(
    email: string,
    purpose: 'sign-in' | 'reset',
    address: string,
    target: string | null = null,
  ): Promise<void> {
    await this.throttle.count('link', email, address);
    const account = await this.people.accountByEmail(email);
    if (account) await this.mailLink(account, purpose, target);
  }

  /** Mails a fresh personal link to the person whose link has expired. */
  async renewPersonalLink(expiredToken: string): Promise<void> {
    const link = await this.links.find(expiredToken, ['personal']);
    if (!link || link.state === 'revoked') return;
    const account = await this.people.accountById(link.personId);
    if (account) await this.mailLink(account, 'personal', link.target);
  }

  /** Queues the invitation of a new user, inside the unit of work that made it. */
  async invite(tx: Tx, account: Omit<Account, 'passwordHash'>, aboutId: number): Promise<void> {
    await this.queueLink(tx, account, 'invitation', { about: { type: 'person', id: aboutId } });
  }

  private async mailLink(
    account: Account,
    purpose: LinkPurpose,
    target: string | null = null,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (await this.links.mayIssue(tx, account.id, purpose))
        await this.queueLink(tx, account, purpose, { target });
    });
  }

  private async queueLink(
    tx: Tx,
    account: Omit<Account, 'passwordHash'>,
    purpose: LinkPurpose,
    { about, target = null }: { about?: { type: string; id: number }; target?: string | null },
  ): Promise<void> {
    const link = await this.links.issue(tx, account.id, purpose, undefined, target);
    await this.outbox.queue(tx, {
      template: TEMPLATES[purpose],
      to: {
        personId: account.id,
        firstName: account.firstName,
        address: account.email,
        language: account.language,
      },
      variables: {},
      secretLinks: { link },
      ...(about && { about }),
    });
  }
}

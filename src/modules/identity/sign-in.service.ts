import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { LinkService } from './link.service.js';
import { passwordMatches } from './password.js';
import { PeopleQueries } from './people.queries.js';
import { SessionService } from './session.service.js';
import { SignInThrottle } from './sign-in-throttle.service.js';

/** Lets people in, by password or by a mailed link. */
@Injectable()
export class SignInService {
  constructor(
    private readonly people: PeopleQueries,
    private readonly throttle: SignInThrottle,
    private readonly sessions: SessionService,
    private readonly links: LinkService,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  /**
   * The person who has this address and password.
   * @throws DomainError `invalid_credentials`, alike for an unknown address and a wrong password; `too_many_sign_ins`
   */
  async verify(email: string, password: string, address: string): Promise<number> {
    await this.throttle.count('password', email, address);
    const account = await this.people.accountByEmail(email);
    if (!(await passwordMatches(account?.passwordHash, password)))
      throw new DomainError('invalid_credentials', 'unauthenticated');
    await this.unitOfWork.run(async (tx) => {
      await this.throttle.succeeded(tx, email, address);
      await this.audit.record(tx, {
        actorPersonId: account!.id,
        action: 'session.opened',
        subjectType: 'person',
        subjectId: account!.id,
        detail: { by: 'password' },
      });
    });
    return account!.id;
  }

  /** A session for the browser after the password was right. */
  openForBrowser(personId: number): Promise<{ jwt: string; seconds: number }> {
    return this.unitOfWork.run((tx) => this.sessions.openForBrowser(tx, personId, 'full'));
  }

  /** A session for a program after the password was right. */
  openForProgram(personId: number) {
    return this.unitOfWork.run((tx) => this.sessions.openForProgram(tx, personId));
  }

  /**
   * Signs in by a mailed link: a sign-in link opens everything, a personal link onboarding and learning only.
   * @throws DomainError `link_invalid`
   */
  async openByLink(
    token: string,
    purpose: 'sign-in' | 'personal',
    address: string,
  ): Promise<{ jwt: string; seconds: number }> {
    return this.unitOfWork.run(async (tx) => {
      const personId = await this.links.use(tx, token, [purpose]);
      const account = await this.people.accountWithin(tx, personId);
      if (!account) throw new DomainError('link_invalid', 'rule');
      if (purpose === 'sign-in') await this.throttle.succeeded(tx, account.email, address);
      await this.audit.record(tx, {
        actorPersonId: personId,
        action: 'session.opened',
        subjectType: 'person',
        subjectId: personId,
        detail: { by: purpose },
      });
      return this.sessions.openForBrowser(tx, personId, purpose === 'personal' ? 'link' : 'full');
    });
  }

  /** Ends a session. */
  async signOut(sessionId: number): Promise<void> {
    await this.unitOfWork.run((tx) => this.sessions.revoke(tx, sessionId));
  }
}

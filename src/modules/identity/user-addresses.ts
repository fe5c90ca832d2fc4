import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import { AccountService } from './account.service.js';
import { PeopleService } from './people.service.js';

/** Corrects the address of a user, who is invited anew at the right one. */
@Injectable()
export class UserAddresses {
  constructor(
    private readonly people: PeopleService,
    private readonly accounts: AccountService,
  ) {}

  /** @throws DomainError `email_taken`, `shared_mailbox` */
  async correct(
    tx: Tx,
    user: { id: number; firstName: string; email: string; language: string },
  ): Promise<void> {
    await this.people.changeEmail(tx, user.id, user.email);
    await this.accounts.invite(tx, user, user.id);
  }
}

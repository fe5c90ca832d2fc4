import { Injectable } from '@nestjs/common';
import { MailReasons } from './mail-reasons.js';
import { Undeliverable } from './undeliverable.js';

/** What the modules above have to say about mails: whether one is still called for, and what follows when it comes to nothing. */
@Injectable()
export class MailConcerns {
  constructor(
    readonly reasons: MailReasons,
    readonly undeliverable: Undeliverable,
  ) {}
}

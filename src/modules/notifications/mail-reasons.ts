import { Injectable } from '@nestjs/common';

/** Answers whether a mail about something is still called for; the dedupe key tells which of several mails about it. */
export type ReasonCheck = (aboutId: number, dedupeKey: string | null) => Promise<boolean>;

/** What each module says about the reasons of its own reminders; asked just before such a mail goes out. */
@Injectable()
export class MailReasons {
  private readonly checks = new Map<string, ReasonCheck>();

  /** Registers the check for a template. */
  register(template: string, check: ReasonCheck): void {
    this.checks.set(template, check);
  }

  /** True when nobody has anything against sending. */
  async stillHold(template: string, aboutId: number | null, dedupeKey: string | null): Promise<boolean> {
    const check = this.checks.get(template);
    return !check || aboutId === null || check(aboutId, dedupeKey);
  }
}

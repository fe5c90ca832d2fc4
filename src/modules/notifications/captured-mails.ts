import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import PostalMime from 'postal-mime';
import { ENV, type Env } from '../../config/env.js';

/** A captured mail as `/postkasse` shows it. */
export interface CapturedMail {
  id: number;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Reads the mails that the file transport wrote. */
@Injectable()
export class CapturedMails {
  constructor(@Inject(ENV) private readonly env: Env) {}

  /** A page of captured mails, newest first. */
  async list(offset: number, limit: number): Promise<{ mails: CapturedMail[]; total: number }> {
    const ids = await this.ids();
    const mails = await Promise.all(ids.slice(offset, offset + limit).map((id) => this.read(id)));
    return { mails: mails.filter((mail) => mail !== undefined), total: ids.length };
  }

  /** One captured mail, or undefined when there is no such file. */
  async read(id: number): Promise<CapturedMail | undefined> {
    const content = await readFile(join(this.env.MAIL_DIR, `${id}.eml`)).catch(() => undefined);
    if (!content) return undefined;
    const mail = await PostalMime.parse(content);
    return {
      id,
      to: mail.to?.[0]?.address ?? '',
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
    };
  }

  private async ids(): Promise<number[]> {
    const names = await readdir(this.env.MAIL_DIR).catch(() => [] as string[]);
    const ids = names.map((name) => /^(\d+)\.eml$/.exec(name)?.[1]).filter((id) => id !== undefined);
    return ids.map(Number).sort((a, b) => b - a);
  }
}

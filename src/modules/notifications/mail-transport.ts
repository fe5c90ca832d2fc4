import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import type { Env } from '../../config/env.js';
import type { SendFailure } from './outbox.rules.js';

/** A mail ready for the wire. */
export interface OutgoingMail {
  id: number;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** iCalendar with its method. */
  calendar: string | null;
}

/** Sends one mail to one receiver. */
export interface MailTransport {
  /** Sends until the signal says stop: then the connection is cut. @throws SendError */
  send(mail: OutgoingMail, signal?: AbortSignal): Promise<void>;
  close(): void;
}

/** Why a mail did not go. */
export class SendError extends Error {
  constructor(readonly failure: SendFailure) {
    super(failure.message);
  }
}

/** Injection token of the transport. */
export const MAIL_TRANSPORT = Symbol('MAIL_TRANSPORT');

/** SMTP when `SMTP_URL` is set; else each mail becomes a file that `/postkasse` shows. */
export function createMailTransport(env: Env): MailTransport {
  return env.SMTP_URL ? smtpTransport(env, env.SMTP_URL) : fileTransport(env);
}

function smtpTransport(env: Env, url: string): MailTransport {
  const transporter = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  } as object);
  return {
    send: async (mail, signal) => {
      try {
        await transporter.sendMail({ ...message(env, mail), ...(signal && { signal }) });
      } catch (error) {
        const {
          responseCode,
          code,
          message: text,
        } = error as Error & { responseCode?: number; code?: string };
        throw new SendError({
          // A refused sign-in or greeting has a reply code too, but says nothing about this mail.
          responseCode: code === 'EENVELOPE' || code === 'EMESSAGE' ? responseCode : undefined,
          message: `${code ?? 'ERROR'} ${responseCode ?? ''} ${text}`.slice(0, 255),
        });
      }
    },
    close: () => transporter.close(),
  };
}

function fileTransport(env: Env): MailTransport {
  const transporter: Transporter = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    send: async (mail) => {
      const { message: content } = (await transporter.sendMail(message(env, mail))) as { message: Buffer };
      await mkdir(env.MAIL_DIR, { recursive: true });
      const file = join(env.MAIL_DIR, `${mail.id}.eml`);
      // Renamed when complete, so that nobody reads half a mail.
      await writeFile(`${file}.part`, content);
      await rename(`${file}.part`, file);
    },
    close: () => transporter.close(),
  };
}

/** The message id is made from the outbox id, so that a mail sent again after a crash can be recognised as the same. */
function message(env: Env, mail: OutgoingMail) {
  const domain = env.MAIL_FROM.split('@')[1];
  return {
    from: { name: env.ORGANISATION_NAME, address: env.MAIL_FROM },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    messageId: `<${mail.id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(mail.calendar && { icalEvent: icalEvent(mail.calendar) }),
  };
}

/** The method stands in the part's content type too (RFC 6047 §2.4), by which mail programs know an invitation. */
function icalEvent(content: string) {
  return { content, method: /^METHOD:(\w+)/m.exec(content)?.[1] ?? 'PUBLISH', filename: 'onboardingdag.ics' };
}

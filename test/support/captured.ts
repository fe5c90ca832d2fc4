import { readdir, readFile } from 'node:fs/promises';
import PostalMime, { type Email } from 'postal-mime';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import type { TestApp } from './test-app.js';

/** The captured mails to an address, oldest first, after everything due was sent. */
export async function capturedMails(app: TestApp, address: string): Promise<Email[]> {
  await app.get(MailDispatcher).run();
  const names = (await readdir(app.env.MAIL_DIR)).sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
  const mails = await Promise.all(
    names.map(async (name) => PostalMime.parse(await readFile(`${app.env.MAIL_DIR}/${name}`))),
  );
  return mails.filter((mail) => mail.to?.some((to) => to.address === address));
}

/** The path of the newest personal link that was mailed to an address. */
export async function personalLink(app: TestApp, address: string): Promise<string> {
  const texts = (await capturedMails(app, address)).map((mail) => mail.text ?? '');
  const link = texts.flatMap((text) => /http:\/\/localhost:3000(\/v\/\S+)/.exec(text)?.[1] ?? []).at(-1);
  if (!link) throw new Error(`No personal link was mailed to ${address}.`);
  return link;
}

/** The path of the link in the newest mail to an address. */
export async function lastLink(app: TestApp, address: string): Promise<string> {
  const mail = (await capturedMails(app, address)).at(-1);
  const link = /http:\/\/localhost:3000(\/\S+)/.exec(mail?.text ?? '')?.[1];
  if (!link) throw new Error(`There is no link in the last mail to ${address}.`);
  return link;
}

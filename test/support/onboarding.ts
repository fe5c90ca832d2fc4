import ICAL from 'ical.js';
import { addDays, instantAt } from '../../src/common/local-date.js';
import { Api, signIn } from './api.js';
import { Browser } from './browser-less.js';
import { personalLink } from './captured.js';
import type { TestApp } from './test-app.js';

/** A day as the API answers it. */
export interface PlannedDay {
  id: number;
  on: string;
  version: number;
}

/** Plans a day from 9 to 15.30, booked until a week before. */
export async function planDay(
  secretariat: Api,
  on: string,
  changes: Record<string, unknown> = {},
): Promise<PlannedDay> {
  const { status, body } = await secretariat.post('/onboarding-days', {
    on,
    startsAt: instantAt(on, '09:00').toISOString(),
    endsAt: instantAt(on, '15:30').toISOString(),
    venue: 'DOKK1',
    address: 'Hack Kampmanns Plads 2, 8000 Aarhus C',
    capacity: 2,
    bookBy: addDays(on, -7),
    ...changes,
  });
  if (status !== 201) throw new Error(`The day was refused: ${JSON.stringify(body)}`);
  return body as PlannedDay;
}

/** Cancels the day of the builders, which would take part in everything. */
export async function withoutDays(secretariat: Api): Promise<void> {
  for (const { id } of (await secretariat.get('/onboarding-days')).body['items'])
    await secretariat.post(`/onboarding-days/${id}/cancellations`);
}

/** The leader's and the secretariat's sessions anew, since they end when the clock is moved on. */
export async function signedIn(app: TestApp) {
  return {
    secretariat: await signIn(app, 'sekretariat@ddh.test'),
    leader: await signIn(app, 'leder.751@ddh.test'),
    foreignLeader: await signIn(app, 'leder.615@ddh.test'),
  };
}

/** An agent who came by the newest personal link. */
export async function asAgent(app: TestApp, email: string): Promise<Api> {
  const browser = new Browser(app.url);
  await browser.visitAndSubmit(await personalLink(app, email));
  return new Api(app, browser.cookie('vk_session'));
}

/** An entry as a foreign parser reads it. */
export interface ReadEntry {
  uid: string;
  sequence: number;
  start: Date;
  end: Date;
  summary: string;
  description: string;
  status: string;
  attendees: string[];
}

/** A calendar as a foreign parser reads it; refuses lines longer than 75 octets (RFC 5545 §3.1). */
export function readCalendar(text: string): { method: string; entries: ReadEntry[] } {
  for (const line of text.split('\r\n'))
    if (Buffer.byteLength(line) > 75)
      throw new Error(`A line has ${Buffer.byteLength(line)} octets: ${line}`);
  const root = new ICAL.Component(ICAL.parse(text));
  return {
    method: String(root.getFirstPropertyValue('method')),
    entries: root.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        start: event.startDate.toJSDate(),
        end: event.endDate.toJSDate(),
        summary: event.summary,
        description: event.description,
        status: String(component.getFirstPropertyValue('status')),
        attendees: event.attendees.map((attendee) => String(attendee.getParameter('cn'))),
      };
    }),
  };
}

/** The calendars in the mails to an address, oldest first. */
export async function mailedCalendars(app: TestApp, address: string) {
  const rows = await app.rows<{ calendar: string }>(
    'SELECT calendar FROM mail WHERE toAddress = ? AND calendar IS NOT NULL ORDER BY id',
    [address],
  );
  return rows.map(({ calendar }) => readCalendar(calendar));
}

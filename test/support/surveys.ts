import { readdir, readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { SURVEY_TEMPLATE } from '../../src/modules/wellbeing/waves/survey-template.js';
import type { Api } from './api.js';
import { Browser } from './browser-less.js';
import { anAgent, unique } from './builders.js';
import type { TestApp } from './test-app.js';

/** An agent who is asked, with what the register says. */
export interface SurveyedAgent {
  id: number;
  email: string;
  municipality: string;
  years: number;
  isCompleted: boolean;
  hasAttended: boolean;
}

/** What one agent answers; a topic that is left out is skipped. */
export type Answering = Record<string, string>;

/** Registers existing agents; each is told by what it has. */
export async function addSurveyedAgents(
  app: TestApp,
  secretariat: Api,
  wanted: readonly Omit<SurveyedAgent, 'id' | 'email'>[],
): Promise<SurveyedAgent[]> {
  const today = localDateOf(app.clock.now());
  const past = addDays(today, -20);
  const made: SurveyedAgent[] = [];
  for (const one of wanted) {
    const email = `svarer.${unique()}@kommune.test`;
    const { status, body, text } = await secretariat.post(
      '/agents',
      anAgent({
        email,
        kind: 'existing',
        municipalityCode: one.municipality,
        startOn: addDays(today, -Math.round(one.years * 365.25) - 30),
        ...(one.isCompleted && { elearningCompletedOn: past }),
        ...(one.hasAttended && { onboardingAttendedOn: past }),
      }),
    );
    if (status !== 201) throw new Error(`No agent: ${text}`);
    made.push({ ...one, id: body['id'] as number, email });
  }
  return made;
}

/** The path of the newest survey link that was mailed to each address, after everything due was sent. */
export async function surveyLinks(app: TestApp): Promise<Map<string, string>> {
  await app.get(MailDispatcher).run();
  const names = (await readdir(app.env.MAIL_DIR)).sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
  const links = new Map<string, string>();
  for (const name of names) {
    const mail = await PostalMime.parse(await readFile(`${app.env.MAIL_DIR}/${name}`));
    const link = /http:\/\/localhost:3000(\/trivsel\/svar\/\S+)/.exec(mail.text ?? '')?.[1];
    if (link) links.set(mail.to![0]!.address!, link);
  }
  return links;
}

/** Answers by a link as a browser does that holds no session. */
export async function answerSurvey(app: TestApp, link: string, answers: Answering, stamps = true) {
  const browser = new Browser(app.url);
  const page = await browser.get(link);
  return browser.post(link, { _csrf: page.csrf, ...(stamps && { stamps: 'on' }), ...answers });
}

/** Every question of the template answered alike. */
export function allAnswered(value: number, claims: { elearning: boolean; day: boolean }): Answering {
  const scale = SURVEY_TEMPLATE.filter(({ kind, scaleMin }) => kind === 'scale' && scaleMin === 1);
  return {
    ...Object.fromEntries(scale.map(({ questionKey }) => [questionKey, String(value)])),
    claimed_elearning: String(Number(claims.elearning)),
    claimed_day: String(Number(claims.day)),
  };
}

import { Inject, Injectable } from '@nestjs/common';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import {
  AskedAgents,
  groupsOf,
  toPoints,
  type AskedAgent,
  type Groups,
  type SurveyQuestionView,
} from '../../modules/wellbeing/index.js';
import { DemoRandom } from '../full/demo-random.js';
import { demoAnswers } from './demo-answers.js';
import { SurveyParts } from './survey-parts.js';

const FEWEST = 5;
const MESSAGE_DA = `I sagde: der er for travlt om mandagen, og det hjælper at kende hinanden.
Vi gør: en ekstra vagt hver mandag formiddag, og alle nye agenter får plads på den næste onboardingdag.`;
const MESSAGE_EN = `You said: Mondays are too busy, and it helps to know one another.
We do: one more shift every Monday morning, and every new agent gets a seat on the next onboarding day.`;

/** Means of the baseline on a scale from 0 to 10, with their spread. */
const BASELINE: Record<string, [mean: number, deviation: number]> = {
  workload: [5.6, 2.2],
  hard_calls: [4.6, 2],
  influence: [5.4, 2.1],
  role_clarity: [7, 1.9],
  guides: [5.6, 2.2],
  colleagues: [7.2, 1.9],
  leadership: [6.4, 2.3],
  recognition: [5.5, 2.2],
  meaning: [8, 1.6],
};

type Asked = AskedAgent & Groups;

/** The surveys of the demonstration: a baseline of means alone, last year's wave with its results, and this year's, which is open. */
@Injectable()
export class DemoSurveys {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly agents: AskedAgents,
    private readonly parts: SurveyParts,
  ) {}

  async write(tx: Tx, today: LocalDate): Promise<void> {
    const [secretariat] = await selectRows<{ id: number }>(
      tx,
      "SELECT id FROM person WHERE email = 'sekretariat@vagtklar.test'",
    );
    const year = Number(today.slice(0, 4));
    const people = groupsOf(await this.agents.on(tx, today), today, FEWEST);
    await this.writeBaseline(tx, year - 2, secretariat!.id, people.length);
    await this.writeClosed(tx, year - 1, secretariat!.id, people);
    await this.writeOpen(tx, today, secretariat!.id, people);
  }

  private async writeBaseline(tx: Tx, year: number, byPersonId: number, agents: number): Promise<void> {
    const plan = { title: `Basismåling ${year}`, year, isBaseline: true, closesOn: `${year}-06-14` };
    const id = await this.parts.writer.create(tx, { ...plan, minimumGroup: FEWEST }, byPersonId);
    const questions = await this.parts.surveys.questions(id, tx);
    const scale = { min: 0, max: 10 };
    const aggregates = Object.entries(BASELINE).map(([parameter, [mean, deviation]]) => ({
      breakdown: 'total' as const,
      parameter,
      answers: Math.max(FEWEST, Math.round(agents * 0.7)),
      mean: toPoints(mean, { ...scale, direction: directionOf(questions, parameter) }),
      deviation: deviation * 10,
      scale,
    }));
    await this.parts.ends.results.keepAggregates(tx, id, aggregates, Math.max(FEWEST, agents));
    await this.setTimes(tx, id, 'published', `${year}-06-01`);
  }

  private async writeClosed(
    tx: Tx,
    year: number,
    byPersonId: number,
    people: readonly Asked[],
  ): Promise<void> {
    const plan = { title: `Trivsel ${year}`, year, isBaseline: false, closesOn: `${year}-06-14` };
    const id = await this.parts.writer.create(tx, { ...plan, minimumGroup: FEWEST }, byPersonId);
    await this.answer(tx, id, people, 0.78, new DemoRandom(year));
    await this.parts.ends.closing.closeWithin(tx, id);
    await this.setTimes(tx, id, 'published', `${year}-06-01`);
  }

  private async writeOpen(
    tx: Tx,
    today: LocalDate,
    byPersonId: number,
    people: readonly Asked[],
  ): Promise<void> {
    const year = Number(today.slice(0, 4));
    const title = `Trivsel ${year}`;
    const closesOn = addDays(today, 9);
    const plan = { title, year, isBaseline: false, closesOn, minimumGroup: FEWEST };
    const id = await this.parts.writer.create(tx, plan, byPersonId);
    // One who has still to answer, so that there is a link among the captured mails.
    const own = people.slice(0, 1);
    const secret = await this.answer(tx, id, people, 0.4, new DemoRandom(year), own);
    await this.parts.mails.invite(tx, { id, title, closesOn }, own, secret);
  }

  /** Opens a wave and lets a share of the people answer it. */
  private async answer(
    tx: Tx,
    surveyId: number,
    people: readonly Asked[],
    share: number,
    random: DemoRandom,
    silent: readonly Asked[] = [],
  ) {
    const questions = await this.parts.surveys.questions(surveyId, tx);
    const { secret, sealed } = await this.parts.mailing.prepare(tx, surveyId, people, questions);
    await execute(
      tx,
      `UPDATE survey SET state = 'open', openedAt = createdAt, invited = ?, sealedSecret = ?, rateShown = 35,
              rateShownOn = SUBSTR(createdAt, 1, 10) WHERE id = ?`,
      [people.length, sealed, surveyId],
    );
    const answering = people.filter((one) => !silent.includes(one) && random.chance(share));
    const kept = answering.map((one) => ({ one, answers: demoAnswers(questions, one, one.stamps, random) }));
    await this.parts.answers.write(
      tx,
      surveyId,
      kept.map(({ answers }) => answers),
    );
    for (const { one, answers } of kept) {
      await this.parts.answers.countUp(tx, surveyId, answers, one);
      await execute(tx, 'UPDATE survey_token SET isUsed = ?, sealedGroups = NULL WHERE tokenHash = ?', [
        true,
        secret.tokenHashOf(one.personId),
      ]);
    }
    return secret;
  }

  /** A wave that was held in its year. */
  private async setTimes(tx: Tx, surveyId: number, state: 'published', openedOn: LocalDate): Promise<void> {
    const at = (days: number) => instantAt(addDays(openedOn, days), '09:00', this.env.TZ_NAME);
    await execute(
      tx,
      `UPDATE survey SET state = ?, createdAt = ?, openedAt = ?, closedAt = ?, publishedAt = ?, messageDa = ?, messageEn = ?
        WHERE id = ?`,
      [state, at(-10), at(0), at(14), at(30), MESSAGE_DA, MESSAGE_EN, surveyId],
    );
  }
}

function directionOf(questions: readonly SurveyQuestionView[], parameter: string) {
  return questions.find(({ dimension }) => dimension === parameter)!.direction;
}

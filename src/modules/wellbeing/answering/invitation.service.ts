import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { addDays, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { SurveyQueries } from '../waves/survey.queries.js';
import type { SurveyState } from '../waves/survey.rules.js';
import { AskedAgents } from './asked-agents.js';
import { groupsOf } from './invitation.rules.js';
import { SurveyMailing } from './survey-mailing.js';

const OPEN_DAYS = 14;

/** What sending out came to. */
export interface SentOut {
  kind: 'invitation' | 'reminder';
  mails: number;
}

interface Held {
  id: number;
  title: string;
  state: SurveyState;
  minimumGroup: number;
  closesOn: LocalDate | null;
  sealedSecret: string | null;
  remindedOn: LocalDate | null;
}

/** Sends a wave out: the first time it opens and everybody who is an agent today is asked, after that everybody is reminded. */
@Injectable()
export class InvitationService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly surveys: SurveyQueries,
    private readonly agents: AskedAgents,
    private readonly mailing: SurveyMailing,
  ) {}

  /**
   * @throws DomainError `not_found`, `survey_ended`, `survey_too_few_agents`, `survey_closes_in_the_past`, `survey_reminded_today`
   */
  send(surveyId: number, byPersonId: number, call: IdempotentCall): Promise<SentOut> {
    return this.idempotency.run(call, async (tx) => {
      const [survey] = await selectRows<Held>(
        tx,
        `SELECT id, title, state, minimumGroup, closesOn, sealedSecret, remindedOn FROM survey WHERE id = ?${lockClause(tx)}`,
        [surveyId],
      );
      if (!survey) throw new DomainError('not_found', 'not_found');
      const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
      if (survey.state === 'draft') return this.open(tx, survey, today, byPersonId);
      if (survey.state === 'open') return this.remind(tx, survey, today, byPersonId);
      throw new DomainError('survey_ended', 'conflict');
    });
  }

  private async open(tx: Tx, survey: Held, today: LocalDate, byPersonId: number): Promise<SentOut> {
    const closesOn = survey.closesOn ?? addDays(today, OPEN_DAYS);
    if (closesOn < today) throw new DomainError('survey_closes_in_the_past', 'rule');
    const people = groupsOf(await this.agents.on(tx, today), today, survey.minimumGroup);
    if (people.length < survey.minimumGroup) throw new DomainError('survey_too_few_agents', 'rule');
    const questions = await this.surveys.questions(survey.id, tx);
    const sealedSecret = await this.mailing.begin(tx, { ...survey, closesOn }, people, questions);
    await execute(
      tx,
      `UPDATE survey SET state = 'open', openedAt = ?, closesOn = ?, invited = ?, sealedSecret = ?, rateShown = 0,
              rateShownOn = ?, version = version + 1 WHERE id = ?`,
      [this.clock.now(), closesOn, people.length, sealedSecret, today, survey.id],
    );
    await this.mailing.note(tx, 'survey.opened', survey.id, byPersonId, people.length);
    return { kind: 'invitation', mails: people.length };
  }

  private async remind(tx: Tx, survey: Held, today: LocalDate, byPersonId: number): Promise<SentOut> {
    if (survey.remindedOn === today) throw new DomainError('survey_reminded_today', 'conflict');
    await execute(tx, 'UPDATE survey SET remindedOn = ?, version = version + 1 WHERE id = ?', [
      today,
      survey.id,
    ]);
    const people = await this.agents.on(tx, today);
    const mailed = { id: survey.id, title: survey.title, closesOn: survey.closesOn! };
    const mails = await this.mailing.remind(tx, mailed, people, survey.sealedSecret!);
    await this.mailing.note(tx, 'survey.reminded', survey.id, byPersonId, mails);
    return { kind: 'reminder', mails };
  }
}

import { Injectable } from '@nestjs/common';
import { selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { Question } from '../waves/question.js';
import { SurveyMails, type MailedSurvey, type SurveyReceiver } from './survey-mails.js';
import { WaveOpening, type InvitedPerson } from './wave-opening.js';
import type { WaveSecret } from './wave-secret.js';
import { WaveSecrets } from './wave-secrets.js';

/** Gives everybody a link, and the same one again in a reminder. */
@Injectable()
export class SurveyMailing {
  constructor(
    private readonly secrets: WaveSecrets,
    private readonly opening: WaveOpening,
    private readonly mails: SurveyMails,
    private readonly audit: AuditService,
  ) {}

  /** Makes the links and mails them. @returns the wave's secret as it is kept */
  async begin(
    tx: Tx,
    survey: MailedSurvey,
    people: readonly (InvitedPerson & SurveyReceiver)[],
    questions: readonly Question[],
  ): Promise<string> {
    const { secret, sealed } = await this.prepare(tx, survey.id, people, questions);
    await this.mails.invite(tx, survey, people, secret);
    return sealed;
  }

  /** Makes the links without mailing them. @returns the wave's secret, and how it is kept */
  async prepare(
    tx: Tx,
    surveyId: number,
    people: readonly InvitedPerson[],
    questions: readonly Question[],
  ): Promise<{ secret: WaveSecret; sealed: string }> {
    const fresh = this.secrets.fresh();
    await this.opening.write(tx, surveyId, people, questions, fresh.secret);
    return fresh;
  }

  /** Mails those of the people again who were asked, whether they have answered or not. @returns how many */
  async remind(
    tx: Tx,
    survey: MailedSurvey,
    people: readonly SurveyReceiver[],
    sealedSecret: string,
  ): Promise<number> {
    const secret = this.secrets.open(sealedSecret);
    const rows = await selectRows<{ tokenHash: string }>(
      tx,
      'SELECT tokenHash FROM survey_token WHERE surveyId = ?',
      [survey.id],
    );
    const hashes = new Set(rows.map(({ tokenHash }) => tokenHash));
    const asked = people.filter(({ personId }) => hashes.has(secret.tokenHashOf(personId)));
    await this.mails.remind(tx, survey, asked, secret);
    return asked.length;
  }

  /** Writes down that it was done, and to how many. */
  note(tx: Tx, action: string, surveyId: number, byPersonId: number, mails: number): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: byPersonId,
      action,
      subjectType: 'survey',
      subjectId: surveyId,
      detail: { mails },
    });
  }
}

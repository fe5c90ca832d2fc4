import { Injectable } from '@nestjs/common';
import { blankForm, type FormModel } from '../../web/forms/form.js';
import { TransferRequestQueries } from '../agents/index.js';
import { EnrolmentQueries, WAIVER_REASONS } from '../courses/index.js';
import { MailQueries } from '../notifications/index.js';
import { AttemptQueries } from '../player/index.js';
import type { AgentRow } from './agent.queries.js';
import { isThrough } from './journey.rules.js';
import { RegistrationChoices } from './registration-choices.js';

/** The forms of an agent's page that may come back with faults. */
export interface AgentForms {
  departure?: FormModel;
  transfer?: FormModel;
  completion?: FormModel;
  /** The enrolment the last of these is about. */
  enrolmentId?: number;
}

/** The parts of an agent's page that come from other modules. */
@Injectable()
export class AgentModelParts {
  constructor(
    private readonly mails: MailQueries,
    private readonly enrolments: EnrolmentQueries,
    private readonly transfers: TransferRequestQueries,
    private readonly attempts: AttemptQueries,
    private readonly choices: RegistrationChoices,
  ) {}

  async of(agent: AgentRow, isSecretariat: boolean, forms: AgentForms) {
    const [mails, courses, byHand, plannedTransfer, attempts] = await Promise.all([
      this.mails.ofAgent(agent.id, agent.personId),
      this.enrolments.coursesOf(agent.personId),
      this.enrolments.byHand(agent.personId),
      this.transfers.planned(agent.id),
      isSecretariat ? this.attempts.latestOf(agent.personId) : new Map<number, number>(),
    ]);
    return {
      mails,
      plannedTransfer,
      municipalities: isSecretariat
        ? (await this.choices.municipalities())
            .filter(({ code }) => code !== agent.municipalityCode)
            .map(({ code, name }) => ({ value: code, label: name }))
        : [],
      waiverReasons: WAIVER_REASONS,
      courses: courses.map((course) => ({
        ...course,
        isThrough: isThrough(course.state),
        attemptId: attempts.get(course.enrolmentId),
        form: forms.enrolmentId === course.enrolmentId ? forms.completion : blankForm(),
        completions: byHand.completions.filter((one) => one.enrolmentId === course.enrolmentId),
        waiver: byHand.waivers.find((one) => one.enrolmentId === course.enrolmentId),
      })),
    };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { Month } from '../month.rules.js';
import type { AssessedAgent } from './assessed-month.rules.js';
import { chosenOf, type ClosingChoice } from './closing-choice.rules.js';
import { closingFault, seenOf } from './closing.rules.js';
import { choiceOf, type ClosingFormFields } from './closing-form.rules.js';
import { MonthAssessments } from './month-assessments.js';
import { noticeTimes } from './notice-times.rules.js';
import { PreviewItems } from './preview-items.js';

/** What somebody is about to close. */
export interface PlannedClosing {
  choice: ClosingChoice;
  taken: { agentId: number; name: string }[];
  left: { agentId: number; name: string; reason: string }[];
  followUps: number;
  /** How many leaders get a mail, and for how many agents nobody is there to read one. */
  leaders: number;
  unmanned: number;
  finalAt: string;
  /** False where the policy leaves no time for it. */
  canBeUndone: boolean;
  agentToldOn: string;
  leaderToldOn: string;
  seen: string;
}

/** Says how many people a closing writes to and when, before it is made. */
@Injectable()
export class ClosingConfirmation {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly assessments: MonthAssessments,
    private readonly items: PreviewItems,
  ) {}

  /**
   * What the fields of a form say about single agents.
   * @throws DomainError `invalid_closing` when somebody was taken out without a reason
   */
  async choice(month: Month, fields: ClosingFormFields): Promise<ClosingChoice> {
    const assessed = await this.assessments.of(month);
    const hits = (assessed?.agents ?? []).filter(({ outcome }) => outcome === 'hit');
    const { faults, ...choice } = choiceOf(hits, fields);
    if (faults.length > 0) throw new DomainError('invalid_closing', 'rule', { faults });
    return choice;
  }

  /** What would come of a choice. @throws DomainError as the closing itself would, and `invalid_closing` */
  async plan(month: Month, choice: ClosingChoice, byPersonId: number): Promise<PlannedClosing> {
    const assessed = await this.assessments.of(month);
    const now = this.clock.now();
    const fault = closingFault(assessed, month, localDateOf(now, this.env.TZ_NAME));
    if (fault) throw new DomainError(fault.code, 'rule', { args: fault.args });
    const { agents, policy } = assessed!;
    const { taken, left, faults } = chosenOf(agents, choice, byPersonId);
    if (faults.length > 0) throw new DomainError('invalid_closing', 'rule', { faults });
    const byId = new Map(agents.map((one) => [one.agentId, one]));
    const takenIn = taken.map((agentId) => byId.get(agentId)!);
    const { finalAt, ...times } = noticeTimes(now, policy, this.env.TZ_NAME);
    return {
      choice,
      taken: takenIn.map(named),
      left: left.map(({ agentId, reason }) => ({ ...named(byId.get(agentId)!), reason })),
      followUps: agents.filter(({ followUpMonths }) => followUpMonths.length > 0).length,
      ...(await this.leadersOf(takenIn)),
      ...times,
      finalAt: finalAt.toISOString(),
      canBeUndone: finalAt > now,
      seen: seenOf(assessed!),
    };
  }

  private async leadersOf(agents: readonly AssessedAgent[]): Promise<{ leaders: number; unmanned: number }> {
    const receivers = await this.items.receiversOf(agents);
    const persons = [...receivers.values()].map((one) => one?.to.personId);
    const unmanned = agents.filter((one) => !receivers.get(PreviewItems.officeOf(one)));
    return { leaders: new Set(persons.filter((one) => one !== undefined)).size, unmanned: unmanned.length };
  }
}

function named({ agentId, agent }: AssessedAgent) {
  return { agentId, name: agent.name };
}

import { Injectable } from '@nestjs/common';
import { randomToken } from '../../../common/crypto.js';
import { DomainError, type FieldFault } from '../../../common/domain-error.js';
import { addDays, type LocalDate } from '../../../common/local-date.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { InvitationQueries, type LedAgent } from './invitation.queries.js';
import { answerByFault } from './invitation.rules.js';
import { RoundSending } from './round-sending.js';

/** Leaders have so long to answer, unless somebody decides otherwise. */
const ANSWER_DAYS = 14;

/** What was chosen; agents of a municipality that is left out do not count. */
export interface RoundChoice {
  answerBy: LocalDate;
  agents?: readonly number[] | undefined;
  municipalities?: readonly string[] | undefined;
}

/** What the pages show on which a round begins. */
@Injectable()
export class BeginRoundModel {
  constructor(
    private readonly queries: InvitationQueries,
    private readonly sending: RoundSending,
  ) {}

  /** Everyone who can be invited, by municipality; all are chosen until somebody leaves one out. @throws DomainError `not_found` */
  async choice(dayId: number, form?: FormModel) {
    const day = await this.sending.days.find(dayId);
    const candidates = day.isOpen ? await this.queries.candidates(dayId) : [];
    const shown =
      form ?? blankForm({ answerBy: earlier(addDays(this.sending.days.today(), ANSWER_DAYS), day.bookBy) });
    return {
      day,
      form: shown,
      count: candidates.length,
      municipalities: byMunicipality(candidates, form?.lists),
      rounds: await this.queries.roundsOf(dayId),
    };
  }

  /** Who will be asked and how. @throws DomainError `not_found`, `day_cancelled`, `booking_closed`, `invalid_round` */
  async preview(dayId: number, { answerBy, agents = [], municipalities = [] }: RoundChoice) {
    const day = await this.sending.days.open(dayId);
    const candidates = await this.queries.candidates(dayId);
    const chosen = candidates.filter(
      ({ agentId, municipalityCode }) =>
        agents.includes(agentId) && municipalities.includes(municipalityCode),
    );
    const fault = answerByFault(answerBy, day, this.sending.days.today());
    const faults: FieldFault[] = [
      ...(fault ? [{ field: 'answerBy', code: fault }] : []),
      ...(chosen.length === 0 ? [{ field: 'agents', code: 'required' }] : []),
    ];
    if (faults.length > 0) throw new DomainError('invalid_round', 'rule', { faults });
    const { asked, unmanned, mail } = await this.sending.preview(day, answerBy, chosen);
    return { day, answerBy, agents: chosen, asked, unmanned, mail, key: randomToken() };
  }
}

function byMunicipality(candidates: readonly LedAgent[], chosen: FormModel['lists']) {
  const groups = new Map<string, LedAgent[]>();
  for (const agent of candidates)
    groups.set(agent.municipalityCode, [...(groups.get(agent.municipalityCode) ?? []), agent]);
  const isChosen = (list: string, value: string | number) =>
    !chosen || Boolean(chosen[list]?.includes(String(value)));
  return [...groups].map(([code, agents]) => ({
    code,
    name: agents[0]!.municipalityName,
    isChosen: isChosen('municipalities', code),
    agents: agents.map((agent) => ({ ...agent, isChosen: isChosen('agents', agent.agentId) })),
  }));
}

function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

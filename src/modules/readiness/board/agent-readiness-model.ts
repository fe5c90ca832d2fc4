import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import type { Translator } from '../../../web/i18n/translate.js';
import { ReadingListQueries, type UnreadVersion } from '../../guides/index.js';
import { AgentReadinessQueries } from './agent-readiness.queries.js';
import { stateOf } from './readiness-export.js';
import type { ShiftReadiness } from './shift-readiness.queries.js';
import { firstReasons, viewReasons } from '../reason-view.js';

/** So many coming shifts are shown. */
const MOST_SHIFTS = 10;
/** So many reasons; the reading list has all the guides. */
const MOST_REASONS = 4;

/** What the pages of an agent show of the coming shifts and of what is to be read. */
@Injectable()
export class AgentReadinessModel {
  constructor(
    private readonly readiness: AgentReadinessQueries,
    private readonly lists: ReadingListQueries,
  ) {}

  /** The own coming shifts, what the next one asks for, and the reading list in its order. */
  async own(agentId: number, personId: number, t: Translator) {
    const shifts = await this.readiness.coming({ kind: 'person', personId }, agentId, MOST_SHIFTS);
    const items = await this.lists.of(agentId);
    const reading = items.map((item) => ({ ...item, link: linkOf(item) }));
    const seen = shifts.map((shift) => viewOwn(shift, agentId, t));
    return {
      shifts: seen,
      nextShift: seen[0] ?? null,
      reading,
      readingMinutes: reading.reduce((sum, { minutes }) => sum + minutes, 0),
      acute: reading.filter(({ isAcute }) => isAcute),
    };
  }

  /** The next shift of an agent that others look at; null when none is planned within what they may see. */
  async next(scope: Scope, agentId: number, t: Translator): Promise<ReturnType<typeof viewOwn> | null> {
    const [shift] = await this.readiness.coming(scope, agentId, 1);
    return shift ? viewOwn(shift, undefined, t) : null;
  }
}

function viewOwn(shift: ShiftReadiness, ownAgentId: number | undefined, t: Translator) {
  const { shiftId, agentId, at, endsAt, override, reasons } = shift;
  return {
    shiftId,
    startsAt: at,
    endsAt,
    override,
    state: stateOf(shift),
    ...firstReasons(viewReasons(reasons, { agentId, isOwn: agentId === ownAgentId }, t), MOST_REASONS),
  };
}

function linkOf({ guideId, number }: UnreadVersion): string {
  return `/guides/${guideId}/versioner/${number}`;
}

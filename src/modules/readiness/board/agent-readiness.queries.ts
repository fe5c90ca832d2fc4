import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ReadinessQueries, type ReadinessAnswer } from '../readiness.queries.js';
import { isSeen, ShiftReadinessQueries, type ShiftReadiness } from './shift-readiness.queries.js';

/** The answer for an instant, with the exception for the shift of that time. */
export type AgentAnswer = ReadinessAnswer & Pick<ShiftReadiness, 'override'>;

/** One agent's answers within the caller's scope. */
@Injectable()
export class AgentReadinessQueries {
  constructor(
    private readonly clock: Clock,
    private readonly shifts: ShiftReadinessQueries,
    private readonly readiness: ReadinessQueries,
  ) {}

  /** At an instant, now when none is given. @throws DomainError `not_found`, also when the agent is somebody else's then */
  async at(scope: Scope, agentId: number, at: Date = this.clock.now()): Promise<AgentAnswer> {
    const answer = await this.readiness.one({ agentId, at });
    if (!answer || !isSeen(scope, answer)) throw new DomainError('not_found', 'not_found');
    const override = await this.overrideAt(agentId, at);
    return { ...answer, ready: answer.ready || override !== null, override };
  }

  /** The exception for the shift that is going on then. */
  private async overrideAt(agentId: number, at: Date): Promise<ShiftReadiness['override']> {
    const [shift] = await this.shifts.around(agentId, at);
    return shift?.override ?? null;
  }

  /** For a shift of the agent. @throws DomainError `not_found` */
  async forShift(scope: Scope, agentId: number, shiftId: number): Promise<ShiftReadiness> {
    const shift = await this.shifts.find(scope, shiftId);
    if (shift?.agentId !== agentId) throw new DomainError('not_found', 'not_found');
    return shift;
  }

  /** The agent's coming shifts within the scope, the one that is going on included; earliest first. */
  async coming(scope: Scope, agentId: number, most: number): Promise<ShiftReadiness[]> {
    const now = this.clock.now();
    const found: ShiftReadiness[] = [];
    // No shift is longer than a day; the second one is for the zone.
    const from = localDateOf(new Date(now.getTime() - 48 * 3_600_000));
    for await (const shifts of this.shifts.batches(scope, { agentId, from }, most + 3)) {
      found.push(...shifts.filter(({ endsAt }) => endsAt > now));
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  }
}

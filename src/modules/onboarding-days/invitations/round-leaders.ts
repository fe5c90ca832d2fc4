import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LeaderMailService, type LeaderMailReceiver } from '../../identity/index.js';
import type { LedAgent } from './invitation.queries.js';

/** A leader who is asked, and about how many agents. */
export interface AskedLeader extends LeaderMailReceiver {
  municipalityName: string;
  count: number;
}

/** A municipality where nobody is there to be asked. */
export interface Unmanned {
  municipalityCode: string;
  municipalityName: string;
  count: number;
}

type Led = Pick<LedAgent, 'leaderId' | 'municipalityCode' | 'municipalityName'>;

/** Finds out whom to ask about agents: each leader once, however many leaders somebody stands in for. */
@Injectable()
export class RoundLeaders {
  constructor(private readonly mails: LeaderMailService) {}

  /** Reads only, so that a preview tells what will happen. Inside a unit of work pass its tx. */
  async of(
    source: EntityManager,
    agents: readonly Led[],
  ): Promise<{ asked: AskedLeader[]; unmanned: Unmanned[] }> {
    const asked = new Map<number, AskedLeader>();
    const unmanned = new Map<string, Unmanned>();
    for (const group of byLeader(agents)) {
      const { leaderId, municipalityCode, municipalityName, count } = group;
      const receiver = await this.mails.receiver(source, leaderId, municipalityCode);
      if (receiver) add(asked, { ...receiver, municipalityName, count });
      else {
        const before = unmanned.get(municipalityCode)?.count ?? 0;
        unmanned.set(municipalityCode, { municipalityCode, municipalityName, count: before + count });
      }
    }
    return { asked: [...asked.values()], unmanned: [...unmanned.values()] };
  }
}

/** Whoever is asked about own agents too is not told in whose place. */
function add(asked: Map<number, AskedLeader>, leader: AskedLeader): void {
  const known = asked.get(leader.to.personId);
  const { insteadOf, asDeputy } = known && known.insteadOf === null ? known : leader;
  asked.set(leader.to.personId, {
    ...leader,
    insteadOf,
    asDeputy,
    count: leader.count + (known?.count ?? 0),
  });
}

function byLeader(agents: readonly Led[]): (Led & { count: number })[] {
  const groups = new Map<string, Led & { count: number }>();
  for (const agent of agents) {
    const key = `${agent.leaderId} ${agent.municipalityCode}`;
    groups.set(key, { ...agent, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

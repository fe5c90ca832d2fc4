import { Inject, Injectable } from '@nestjs/common';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { insertRow, type NewRow } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { TransferRequest } from '../../modules/agents/index.js';
import type { Task } from '../../modules/tasks/index.js';
import { insertMany, keysBy, peopleByEmail } from './demo-writing.js';
import type { DemoPlan, PlannedAgent } from './plan.js';

/** Who asks, how many days ago, and for the how-manieth of the agents elsewhere; the last one is about nobody. */
const WAITING = [
  ['615', 9],
  ['461', 4],
  ['791', 2],
] as const;

/** Writes transfers: those that have happened, one that waits for its day, and wishes nobody has answered. */
@Injectable()
export class FullTransfers {
  constructor(@Inject(ENV) private readonly env: Env) {}

  async write(tx: Tx, plan: DemoPlan): Promise<void> {
    const people = await peopleByEmail(tx);
    const agents = await keysBy(tx, 'SELECT personId AS name, id FROM agent');
    const secretariatId = people.get('sekretariat@vagtklar.test')!;
    const agentId = ({ email }: PlannedAgent) => agents.get(String(people.get(email)))!;
    await insertMany<TransferRequest>(
      tx,
      'transfer_request',
      plan.transfers.map((transfer) => {
        const isDone = transfer.on <= plan.today;
        const at = this.at(isDone ? transfer.on : addDays(plan.today, -3));
        return {
          agentId: agentId(transfer.agent),
          email: null,
          toMunicipalityCode: transfer.toMunicipalityCode,
          leaderId: people.get(transfer.leaderEmail)!,
          onDate: transfer.on,
          requestedByPersonId: secretariatId,
          state: 'approved' as const,
          decidedByPersonId: secretariatId,
          decidedAt: at,
          appliedAt: isDone ? at : null,
          createdAt: at,
        };
      }),
    );
    for (const [index, [code, days]] of WAITING.entries()) {
      const wanted = index < WAITING.length - 1 ? wantedBy(plan, code, index) : undefined;
      const leaderId = people.get(`leder.${code}@vagtklar.test`)!;
      await this.ask(tx, plan.today, { code, days, leaderId, wanted, agentId: wanted && agentId(wanted) });
    }
  }

  private async ask(
    tx: Tx,
    today: LocalDate,
    wish: { code: string; days: number; leaderId: number; wanted?: PlannedAgent; agentId?: number },
  ): Promise<void> {
    const createdAt = this.at(addDays(today, -wish.days));
    const request: NewRow<TransferRequest> = {
      agentId: wish.agentId ?? null,
      email: wish.wanted?.email ?? 'ukendt@vagtklar.test',
      toMunicipalityCode: wish.code,
      leaderId: wish.leaderId,
      onDate: addDays(today, 21),
      requestedByPersonId: wish.leaderId,
      state: 'waiting',
      decidedByPersonId: null,
      decidedAt: null,
      appliedAt: null,
      createdAt,
    };
    const id = await insertRow<TransferRequest>(tx, 'transfer_request', request);
    if (!wish.wanted) return;
    await insertRow<Task>(tx, 'task', {
      kind: 'transfer_waiting',
      subjectType: 'transfer_request',
      subjectId: id,
      municipalityCode: wish.wanted.periods[0]!.municipalityCode,
      dedupeKey: `transfer_waiting:transfer_request:${id}:1`,
      createdAt,
      doneAt: null,
      doneByPersonId: null,
    });
  }

  private at(on: LocalDate): Date {
    return instantAt(on, '10:30', this.env.TZ_NAME);
  }
}

/** Somebody who works elsewhere and stays there otherwise. */
function wantedBy({ agents }: DemoPlan, code: string, nth: number): PlannedAgent {
  const steady = agents.filter(
    ({ periods }) =>
      periods.length === 1 && periods[0]!.endOn === null && periods[0]!.municipalityCode !== code,
  );
  return steady[40 + nth * 7]!;
}

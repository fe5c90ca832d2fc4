import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { TaskService } from '../tasks/index.js';
import { EmploymentEnds } from './employment-ends.js';
import type { EndReason } from './entities/employment.entity.js';
import { OpenEmployments } from './open-employments.js';
import { TransferSteps } from './transfer-steps.js';

/** A transfer that was decided on and whose day has come. */
export interface DueTransfer {
  id: number;
  agentId: number;
  municipalityCode: string;
  leaderId: number | null;
  on: LocalDate;
  decidedByPersonId: number | null;
}

/** One due change in its own unit of work. */
@Injectable()
export class DueChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly employments: OpenEmployments,
    private readonly ends: EmploymentEnds,
    private readonly steps: TransferSteps,
    private readonly tasks: TaskService,
  ) {}

  /** Ends an open period whose last day is over, or that the municipality's end of membership ends. */
  async depart(
    agentId: number,
    today: LocalDate,
    because?: { on: LocalDate; reason: EndReason },
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const open = await this.employments.lock(tx, { kind: 'all' }, agentId).catch(unlessDeparted);
      if (!open) return;
      const on = because ? later(because.on, open.effectiveFromOn) : open.endOn;
      if (on && (because || on < today))
        await this.ends.end(tx, open, on, because?.reason ?? 'departed', null);
    });
  }

  /** Moves an agent on the day that was decided; one that cannot be moved any more becomes a task. */
  async transfer({
    id,
    agentId,
    municipalityCode,
    leaderId,
    on,
    decidedByPersonId,
  }: DueTransfer): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        "UPDATE transfer_request SET appliedAt = ? WHERE id = ? AND state = 'approved' AND appliedAt IS NULL",
        [this.clock.now(), id],
      );
      if (affected === 0) return;
      const open = await this.employments.lock(tx, { kind: 'all' }, agentId).catch(unlessDeparted);
      if (!open) return;
      const wish = { municipalityCode, leaderId: leaderId ?? undefined, on };
      const isPossible = await this.steps.check(tx, open, wish).then(() => true, unlessRefused);
      if (isPossible) await this.steps.apply(tx, open, wish, decidedByPersonId);
      else await this.openTask(tx, id, open.municipalityCode);
    });
  }

  private openTask(tx: Tx, requestId: number, municipalityCode: string): Promise<void> {
    return this.tasks.open(tx, {
      kind: 'transfer_waiting',
      subjectType: 'transfer_request',
      subjectId: requestId,
      municipalityCode,
      occasion: 'impossible',
    });
  }
}

/** A refusal is an answer; anything else is an error. */
function unlessRefused(error: unknown): false {
  if (error instanceof DomainError && error.kind === 'rule') return false;
  throw error;
}

function unlessDeparted(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'agent_departed') return undefined;
  throw error;
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { execute, insertIgnore } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Task, type TaskKind } from './entities/task.entity.js';

/** A task as it is opened. */
export interface NewTask {
  kind: TaskKind;
  subjectType: string;
  subjectId: number;
  municipalityCode: string | null;
  /** Tells one task of a kind about a subject from a later one. */
  occasion: string | number;
}

/** Opens and closes the secretariat's tasks. */
@Injectable()
export class TaskService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** Opens a task, unless the same one was opened before. */
  async open(tx: Tx, task: NewTask): Promise<void> {
    const { kind, subjectType, subjectId, municipalityCode, occasion } = task;
    await execute(
      tx,
      `${insertIgnore(tx)} INTO task (kind, subjectType, subjectId, municipalityCode, dedupeKey, createdAt)
        VALUES (?, ?, ?, ?, ?, ?)`,
      [
        kind,
        subjectType,
        subjectId,
        municipalityCode,
        `${kind}:${subjectType}:${subjectId}:${occasion}`,
        this.clock.now(),
      ],
    );
  }

  /** Closes the open tasks of a kind about a subject, because the matter has settled itself. */
  async settle(tx: Tx, kind: TaskKind, subjectType: string, subjectId: number): Promise<void> {
    await execute(
      tx,
      'UPDATE task SET doneAt = ? WHERE kind = ? AND subjectType = ? AND subjectId = ? AND doneAt IS NULL',
      [this.clock.now(), kind, subjectType, subjectId],
    );
  }

  /** Ticks a task off, or opens it again. @throws DomainError `not_found` */
  async setDone(taskId: number, isDone: boolean, actorPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await tx.existsBy(Task, { id: taskId }))) throw new DomainError('not_found', 'not_found');
      await tx.update(
        Task,
        { id: taskId },
        { doneAt: isDone ? this.clock.now() : null, doneByPersonId: isDone ? actorPersonId : null },
      );
      await this.audit.record(tx, {
        actorPersonId,
        action: isDone ? 'task.done' : 'task.reopened',
        subjectType: 'task',
        subjectId: taskId,
      });
    });
  }
}

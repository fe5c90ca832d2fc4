import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { placeholders, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { EnrolmentEvents, EnrolmentService } from '../courses/index.js';
import { isFor } from '../guides/index.js';
import { RequirementFacts } from './requirement-facts.js';
import { RequirementWriter } from './requirement-writer.js';
import type { Reader, RequiredVersion } from './requirements.rules.js';

/** Versions that ask for e-learning in place of reading. */
@Injectable()
export class RequiredCourses implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentService,
    private readonly events: EnrolmentEvents,
    private readonly facts: RequirementFacts,
    private readonly writer: RequirementWriter,
  ) {}

  onModuleInit(): void {
    this.events.listen((tx, enrolmentId) => this.follow(tx, enrolmentId));
    this.writer.before((tx, readers, versions) => this.enrol(tx, readers, versions));
  }

  /** Enrols the agents whom the versions ask. */
  private async enrol(
    tx: Tx,
    readers: ReadonlyMap<number, Reader>,
    versions: readonly RequiredVersion[],
  ): Promise<void> {
    const now = this.clock.now();
    for (const { courseId, audience, appliesUntil } of versions) {
      if (courseId === null || (appliesUntil && appliesUntil <= now)) continue;
      const agentIds = [...readers].flatMap(([id, { member }]) =>
        member && isFor(audience, member) ? [id] : [],
      );
      if (agentIds.length > 0)
        await this.enrolments.enrolAll(tx, courseId, {
          sql: `p.id IN (SELECT personId FROM agent WHERE id IN (${placeholders(agentIds)}))`,
          values: agentIds,
        });
    }
  }

  /** Somebody has completed a course, or no longer has: what it answers for changes with it. */
  private async follow(tx: Tx, enrolmentId: number): Promise<void> {
    const asked = await selectRows<{ agentId: number; guideId: number }>(
      tx,
      `SELECT DISTINCT a.id AS agentId, v.guideId FROM enrolment e JOIN guide_version v ON v.courseId = e.courseId
         JOIN agent a ON a.personId = e.personId WHERE e.id = ?`,
      [enrolmentId],
    );
    for (const { agentId, guideId } of asked) {
      await this.writer.hold(tx, [agentId]);
      await this.writer.refresh(tx, [agentId], await this.facts.versions(tx, { guideId }));
    }
  }
}

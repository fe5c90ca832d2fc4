import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import {
  execute,
  insertRow,
  insertRows,
  lockClause,
  selectRows,
  toInstant,
  toInstantOrNull,
} from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { CheckQuestion } from './check-questions.rules.js';
import type { GuideAudience } from './entities/guide-audience.entity.js';
import type { GuideVersion } from './entities/guide-version.entity.js';
import type { Guide } from './entities/guide.entity.js';
import { estimatedMinutes } from './publishing/estimated-minutes.js';
import { GuideWindows } from './guide-windows.js';
import type { Audience, Urgency } from './guides.rules.js';
import { searchText } from './text/search-text.rules.js';

/** A version as it is published. */
export interface NewGuideVersion {
  title: string;
  changeNote: string;
  /** Where the text stands, its Markdown, or the e-learning to complete: one of them. */
  url?: string | undefined;
  body?: string | undefined;
  courseId?: number | undefined;
  questions?: readonly CheckQuestion[] | undefined;
  minor: boolean;
  urgency: Urgency;
  /** Estimated time it takes; left out, it is reckoned from the text or taken from the e-learning. */
  minutes?: number | undefined;
  effectiveFrom: Date;
  audience: Audience;
}

interface HeldGuide {
  id: number;
  title: string;
  archivedAt: Date | null;
}

/** Makes guides, publishes their versions, withdraws them, and archives what is no longer needed. */
@Injectable()
export class GuideService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly windows: GuideWindows,
    private readonly audit: AuditService,
  ) {}

  /** Makes a guide without a text; nobody sees it before its first version. */
  create(title: string, byPersonId: number, call: IdempotentCall): Promise<{ id: number; title: string }> {
    return this.idempotency.run(call, (tx) => this.createWithin(tx, title, byPersonId));
  }

  /** The same inside a unit of work. */
  async createWithin(tx: Tx, title: string, byPersonId: number): Promise<{ id: number; title: string }> {
    const id = await insertRow<Guide>(tx, 'guide', {
      title,
      createdAt: this.clock.now(),
      createdByPersonId: byPersonId,
      archivedAt: null,
      version: 1,
    });
    await this.record(tx, byPersonId, 'guide.created', id);
    return { id, title };
  }

  /**
   * Publishes the next version of a guide. From now on readiness knows it; the requirements of single agents are made in the
   * background.
   * @throws DomainError `not_found`, `guide_archived`, `guide_text_missing`, `unknown_municipality`, `unknown_course`
   */
  publish(
    guideId: number,
    version: NewGuideVersion,
    byPersonId: number,
    call: IdempotentCall,
  ): Promise<{ id: number; number: number }> {
    return this.idempotency.run(call, (tx) => this.publishWithin(tx, guideId, version, byPersonId));
  }

  /** The same inside a unit of work. */
  async publishWithin(
    tx: Tx,
    guideId: number,
    version: NewGuideVersion,
    byPersonId: number,
  ): Promise<{ id: number; number: number }> {
    const guide = await this.hold(tx, guideId);
    if (guide.archivedAt) throw new DomainError('guide_archived', 'conflict');
    await this.check(tx, version);
    const [last] = await selectRows<{ number: number | null }>(
      tx,
      'SELECT MAX(number) AS number FROM guide_version WHERE guideId = ?',
      [guideId],
    );
    const number = (last?.number ?? 0) + 1;
    const id = await this.insert(tx, guideId, number, version, byPersonId);
    // Who is through with the e-learning already has answered for the earlier versions with it.
    if (version.courseId !== undefined) await this.windows.spreadAll(tx, guideId);
    await this.windows.keep(tx, guideId, null, id);
    await execute(tx, 'UPDATE guide SET title = ?, version = version + 1 WHERE id = ?', [
      version.title,
      guideId,
    ]);
    await this.record(tx, byPersonId, 'guide_version.published', guideId, { number });
    return { id, number };
  }

  /** Takes a version back: nobody is asked to read it, and the one before applies again. @throws DomainError `not_found` */
  withdraw(versionId: number, byPersonId: number): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const [version] = await selectRows<{ guideId: number; number: number }>(
        tx,
        'SELECT guideId, number FROM guide_version WHERE id = ?',
        [versionId],
      );
      const guide = await this.hold(tx, version?.guideId ?? 0);
      const { affected } = await execute(
        tx,
        'UPDATE guide_version SET withdrawnAt = ? WHERE id = ? AND withdrawnAt IS NULL',
        [this.clock.now(), versionId],
      );
      if (affected === 0) return;
      await this.windows.keep(tx, guide.id, guide.archivedAt);
      await this.count(tx, guide.id);
      await this.record(tx, byPersonId, 'guide_version.withdrawn', guide.id, { number: version!.number });
    });
  }

  /** Puts a guide away from now on, or takes it out again. @throws DomainError `not_found` */
  archive(guideId: number, isArchived: boolean, byPersonId: number): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const guide = await this.hold(tx, guideId);
      if ((guide.archivedAt !== null) === isArchived) return;
      const archivedAt = isArchived ? this.clock.now() : null;
      await execute(tx, 'UPDATE guide SET archivedAt = ? WHERE id = ?', [archivedAt, guideId]);
      await this.windows.keep(tx, guideId, archivedAt);
      await this.count(tx, guideId);
      await this.record(tx, byPersonId, isArchived ? 'guide.archived' : 'guide.taken_out', guideId);
    });
  }

  /** The guide's row is the lock under which versions are numbered and windows reckoned. */
  private async hold(tx: Tx, guideId: number): Promise<HeldGuide> {
    const [guide] = await selectRows<{ id: number; title: string; archivedAt: string | Date | null }>(
      tx,
      `SELECT id, title, archivedAt FROM guide WHERE id = ?${lockClause(tx)}`,
      [guideId],
    );
    if (!guide) throw new DomainError('not_found', 'not_found');
    return { ...guide, archivedAt: toInstantOrNull(guide.archivedAt) };
  }

  private async check(tx: Tx, { url, body, courseId, audience }: NewGuideVersion): Promise<void> {
    if (url === undefined && body === undefined && courseId === undefined)
      throw new DomainError('guide_text_missing', 'rule', {
        faults: [{ field: 'url', code: 'guide_text_missing' }],
      });
    if (courseId !== undefined) await this.checkCourse(tx, courseId);
    if (audience.kind !== 'municipalities') return;
    for (const code of audience.codes) await this.checkMunicipality(tx, code);
  }

  /** Only what agents can take: else everybody would be asked for something that nobody can complete. */
  private async checkCourse(tx: Tx, courseId: number): Promise<void> {
    const found = await selectRows(
      tx,
      `SELECT 1 FROM course c WHERE c.id = ? AND c.audience = 'agent'
          AND EXISTS (SELECT 1 FROM course_version v WHERE v.courseId = c.id AND v.state = 'published')`,
      [courseId],
    );
    if (found.length === 0) throw unknown('unknown_course', 'courseId');
  }

  private async checkMunicipality(tx: Tx, code: string): Promise<void> {
    const found = await selectRows(tx, 'SELECT 1 FROM municipality WHERE code = ?', [code]);
    if (found.length === 0) throw unknown('unknown_municipality', 'audience');
  }

  private async insert(
    tx: Tx,
    guideId: number,
    number: number,
    version: NewGuideVersion,
    byPersonId: number,
  ): Promise<number> {
    const now = this.clock.now();
    const id = await insertRow<GuideVersion>(tx, 'guide_version', {
      guideId,
      number,
      title: version.title,
      changeNote: version.changeNote,
      url: version.url ?? null,
      body: version.body ?? null,
      courseId: version.courseId ?? null,
      questions: version.questions?.length ? JSON.stringify(version.questions) : null,
      isMinor: version.minor && number > 1,
      urgency: await this.urgencyOf(tx, guideId, version),
      minutes: await estimatedMinutes(tx, version),
      audienceKind: version.audience.kind,
      effectiveFrom: version.effectiveFrom,
      publishedAt: now,
      publishedByPersonId: byPersonId,
      withdrawnAt: null,
      answeredFrom: number,
      countsFrom: now,
      appliesUntil: null,
      spreadAt: null,
      spreadUpTo: 0,
      prunedAt: null,
      announcedAt: null,
      searchText: searchText(version.title, version.changeNote, version.body),
    });
    const codes = [...new Set(version.audience.codes)];
    if (version.audience.kind !== 'all' && codes.length > 0)
      await insertRows<GuideAudience>(
        tx,
        'guide_audience',
        codes.map((code) => ({ versionId: id, code })),
      );
    return id;
  }

  /** A minor change of an acute version whose grace is running stays acute, however it is marked. */
  private async urgencyOf(tx: Tx, guideId: number, { minor, urgency }: NewGuideVersion): Promise<Urgency> {
    if (!minor) return urgency;
    const [mended] = await selectRows<{ urgency: Urgency; countsFrom: string | Date }>(
      tx,
      `SELECT urgency, countsFrom FROM guide_version WHERE guideId = ? AND withdrawnAt IS NULL
        ORDER BY number DESC LIMIT 1`,
      [guideId],
    );
    const isRunning = mended?.urgency === 'acute' && toInstant(mended.countsFrom) > this.clock.now();
    return isRunning ? 'acute' : urgency;
  }

  private async count(tx: Tx, guideId: number): Promise<void> {
    await execute(tx, 'UPDATE guide SET version = version + 1 WHERE id = ?', [guideId]);
  }

  private record(
    tx: Tx,
    actorPersonId: number,
    action: string,
    subjectId: number,
    detail: Record<string, number> = {},
  ): Promise<void> {
    return this.audit.record(tx, { actorPersonId, action, subjectType: 'guide', subjectId, detail });
  }
}

function unknown(code: string, field: string): DomainError {
  return new DomainError(code, 'rule', { faults: [{ field, code }] });
}

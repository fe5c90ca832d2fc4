import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { fingerprint, hashToken, randomToken } from '../../../common/crypto.js';
import { ENV, type Env } from '../../../config/env.js';
import { execute, insertRow, lockClause, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { CalendarFeed } from '../entities/calendar-feed.entity.js';

/** Whose days a calendar link opens: an agent's own, or all of them. */
export type FeedKind = CalendarFeed['kind'];

/** Makes and ends the links by which calendar programs read onboarding days. */
@Injectable()
export class CalendarFeedService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  /**
   * Makes a link; the one before stops working. The same form sent again gives the same link, since a double click must not end
   * the link that was just shown.
   * @param key of the form
   * @returns the token, of which only a hash is kept
   */
  make(personId: number, kind: FeedKind, key: string | undefined): Promise<string> {
    const token = key
      ? fingerprint(this.env.APP_SECRET, 'calendar-feed', kind, String(personId), key)
      : randomToken();
    return this.unitOfWork.run(async (tx) => {
      await selectRows(tx, `SELECT id FROM person WHERE id = ?${lockClause(tx)}`, [personId]);
      const [known] = await selectRows<{ revokedAt: unknown }>(
        tx,
        'SELECT revokedAt FROM calendar_feed WHERE tokenHash = ?',
        [hashToken(token)],
      );
      if (known?.revokedAt === null) return token;
      await this.endWithin(tx, personId, kind);
      const fresh = known ? randomToken() : token;
      await insertRow<CalendarFeed>(tx, 'calendar_feed', {
        personId,
        kind,
        tokenHash: hashToken(fresh),
        createdAt: this.clock.now(),
        revokedAt: null,
      });
      await this.note(tx, 'calendar_feed.made', personId, kind);
      return fresh;
    });
  }

  /** Ends the link, if there is one. */
  async end(personId: number, kind: FeedKind): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (await this.endWithin(tx, personId, kind))
        await this.note(tx, 'calendar_feed.ended', personId, kind);
    });
  }

  /** The same inside somebody else's unit of work; all links of the person when no kind is named. Tells whether there was one. */
  async endWithin(tx: Tx, personId: number, kind?: FeedKind): Promise<boolean> {
    const { affected } = await execute(
      tx,
      `UPDATE calendar_feed SET revokedAt = ? WHERE personId = ? AND revokedAt IS NULL AND kind IN (?, ?)`,
      [this.clock.now(), personId, kind ?? 'agent', kind ?? 'secretariat'],
    );
    return affected > 0;
  }

  private note(tx: Tx, action: string, personId: number, kind: FeedKind): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: personId,
      action,
      subjectType: 'person',
      subjectId: personId,
      detail: { kind },
    });
  }
}

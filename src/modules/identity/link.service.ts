import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { hashToken, randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { execute, insertRow, selectRows, toInstant, toInstantOrNull } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { localPath } from '../../web/local-path.js';
import type { LinkToken } from './entities/link-token.entity.js';
import {
  LINK_LIFETIME,
  LINKS_PER_WINDOW,
  linkPath,
  linkState,
  linkWindow,
  type LinkPurpose,
} from './links.rules.js';

/** A link that somebody holds. */
export interface HeldLink {
  id: number;
  personId: number;
  state: ReturnType<typeof linkState>;
  /** The page of this site that it opens; the person's own page when null. */
  target: string | null;
}

interface LinkRow {
  id: number;
  personId: number;
  purpose: LinkPurpose;
  expiresAt: string | Date;
  usedAt: string | Date | null;
  revokedAt: string | Date | null;
  target: string | null;
}

const SELECT_LINK =
  'SELECT id, personId, purpose, expiresAt, usedAt, revokedAt, target FROM link_token WHERE tokenHash = ?';

/** Makes, looks up, uses and revokes the links in mails. */
@Injectable()
export class LinkService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a link and gives its whole address; only a hash of the token is kept.
   * @param mailedAt from when its lifetime counts; now when left out
   * @param target the path of our own that a personal link opens, in place of the person's page; anything else becomes the start page
   */
  async issue(
    tx: Tx,
    personId: number,
    purpose: LinkPurpose,
    mailedAt?: Date,
    target: string | null = null,
  ): Promise<string> {
    const token = randomToken();
    const createdAt = this.clock.now();
    const expiresAt = new Date((mailedAt ?? createdAt).getTime() + LINK_LIFETIME[purpose]);
    const tokenHash = hashToken(token);
    await insertRow<LinkToken>(tx, 'link_token', {
      personId,
      purpose,
      tokenHash,
      createdAt,
      expiresAt,
      usedAt: null,
      revokedAt: null,
      target: target && localPath(target),
    });
    return this.env.PUBLIC_URL + linkPath(purpose, token);
  }

  /** Whether a person may be mailed one more link of this kind. */
  async mayIssue(tx: Tx, personId: number, purpose: LinkPurpose): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - linkWindow(purpose));
    const [row] = await selectRows<{ count: number | string }>(
      tx,
      'SELECT COUNT(*) AS count FROM link_token WHERE personId = ? AND purpose = ? AND createdAt > ?',
      [personId, purpose, since],
    );
    return Number(row?.count ?? 0) < LINKS_PER_WINDOW;
  }

  /** Looks a token up without changing anything. */
  async find(token: string, purposes: readonly LinkPurpose[]): Promise<HeldLink | undefined> {
    return this.held(await this.database.selectOne<LinkRow>(SELECT_LINK, [hashToken(token)]), purposes);
  }

  private held(row: LinkRow | undefined, purposes: readonly LinkPurpose[]): HeldLink | undefined {
    if (!row || !purposes.includes(row.purpose)) return undefined;
    const stored = {
      purpose: row.purpose,
      expiresAt: toInstant(row.expiresAt),
      usedAt: toInstantOrNull(row.usedAt),
      revokedAt: toInstantOrNull(row.revokedAt),
    };
    const { id, personId, target } = row;
    // Looked at again: it names a page of ours, whoever wrote the row.
    return { id, personId, state: linkState(stored, this.clock.now()), target: target && localPath(target) };
  }

  /**
   * Uses a link; of two who use a one-time link at once, one is refused.
   * @throws DomainError `link_invalid`
   */
  async use(tx: Tx, token: string, purposes: readonly LinkPurpose[]): Promise<number> {
    const [row] = await selectRows<LinkRow>(tx, SELECT_LINK, [hashToken(token)]);
    const link = this.held(row, purposes);
    if (link?.state !== 'valid') throw new DomainError('link_invalid', 'rule');
    const { affected } = await execute(
      tx,
      `UPDATE link_token SET usedAt = ? WHERE id = ? AND revokedAt IS NULL
          AND (usedAt IS NULL OR purpose = 'personal')`,
      [this.clock.now(), link.id],
    );
    if (affected !== 1) throw new DomainError('link_invalid', 'rule');
    return link.personId;
  }

  /** Makes every link of a person worthless, or those of some kinds. */
  async revokeAll(tx: Tx, personId: number, purposes: readonly LinkPurpose[]): Promise<void> {
    await execute(
      tx,
      `UPDATE link_token SET revokedAt = ? WHERE personId = ? AND revokedAt IS NULL
          AND purpose IN (${purposes.map(() => '?').join(', ')})`,
      [this.clock.now(), personId, ...purposes],
    );
  }

  /** Makes the personal links of a person worthless, and ends the sessions that were opened by one. */
  async revokePersonal(tx: Tx, personId: number): Promise<void> {
    await this.revokeAll(tx, personId, ['personal']);
    await execute(
      tx,
      "UPDATE session SET revokedAt = ? WHERE personId = ? AND strength = 'link' AND revokedAt IS NULL",
      [this.clock.now(), personId],
    );
  }
}

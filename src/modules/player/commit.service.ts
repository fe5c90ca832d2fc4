import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { hashToken } from '../../common/crypto.js';
import { execute, fromJson, insertIgnore, lockClause, orUpdate, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { EnrolmentService, givesCredit, type CreditRule, type EnrolmentState } from '../courses/index.js';
import { isNewer, keptCmi, readCommit, type PlayerCommit } from './commit.rules.js';
import { LAUNCH_LIFETIME_MS } from './launch.service.js';
import type { OpenLaunch } from './launch.queries.js';
import { bestOf, isSameStanding, rollUp, UNTOUCHED, type UnitStanding } from './rollup.rules.js';
import { launchSeconds } from './time.rules.js';
import { countedUnits } from './units.rules.js';

/** Where completions from our own player are said to come from. */
export const PLAYER_SOURCE = 'player';

/** What the player is told when something was saved. */
export interface SavedCommit {
  /** Where the enrolment stands; null while a version is only being tried. */
  state: EnrolmentState | null;
  /** Whether this attempt has given credit. */
  isFinished: boolean;
  /** Whether the learner has opened the course in another window since. */
  isSuperseded: boolean;
}

interface LockedAttempt extends UnitStanding {
  enrolmentId: number | null;
  completedAt: string | Date | null;
  creditRule: CreditRule;
  newestLaunchId: number;
}

interface StoredState extends UnitStanding {
  scoIndex: number;
  launchId: number;
  sequence: number | string;
  cmi: string | object | null;
  secondsBefore: number;
  secondsNow: number;
}

/** Takes in what the player sends: the newest runtime state is kept, and what was reached goes into the ledger, never back. */
@Injectable()
export class CommitService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentService,
  ) {}

  /** Saves a message; one that came before, or comes late, changes nothing but what it adds to the ledger. */
  save(
    launch: OpenLaunch,
    commit: PlayerCommit & { openSeconds: number },
    raw: string,
  ): Promise<SavedCommit> {
    return this.unitOfWork.run(async (tx) => {
      const attempt = await this.lock(tx, launch);
      const states = await this.states(tx, launch.attemptId);
      const stored = states.get(commit.scoIndex);
      const said = readCommit(launch.package.manifest.standard, commit);
      const unit = bestOf(stored ?? UNTOUCHED, said);
      const place = { launchId: launch.id, sequence: commit.sequence };
      const isNew =
        !stored || isNewer(place, { launchId: stored.launchId, sequence: Number(stored.sequence) });
      const seconds = launchSeconds(said.seconds, commit.openSeconds, this.sinceStart(launch));
      if (isNew) await this.keep(tx, launch, commit, { stored, said: { ...said, ...unit }, seconds });
      else if (!isSameStanding(unit, stored))
        await this.keepReached(tx, launch.attemptId, commit.scoIndex, unit);
      await this.touch(tx, launch.id, commit.sequence, isNew ? seconds - secondsOf(stored, launch.id) : 0);
      const all = countedUnits(launch.package.manifest).map((index) =>
        index === commit.scoIndex ? unit : (states.get(index) ?? UNTOUCHED),
      );
      const isFirst = states.size === 0;
      return this.conclude(tx, launch, attempt, { standing: rollUp(all), isFirst, commit, raw });
    });
  }

  /** Ends a launch: its token opens nothing any more. */
  async end(token: string): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run((tx) =>
      execute(tx, 'UPDATE launch SET endedAt = ? WHERE tokenHash = ? AND endedAt IS NULL', [
        now,
        hashToken(token),
      ]),
    );
  }

  private async lock(tx: Tx, launch: OpenLaunch): Promise<LockedAttempt> {
    const [attempt] = await selectRows<LockedAttempt>(
      tx,
      `SELECT enrolmentId, completion, success, scoreScaled, completedAt,
              (SELECT c.creditRule FROM course c JOIN course_version v ON v.courseId = c.id
                WHERE v.id = attempt.courseVersionId) AS creditRule,
              (SELECT MAX(l.id) FROM launch l WHERE l.attemptId = attempt.id) AS newestLaunchId
         FROM attempt WHERE id = ?${lockClause(tx)}`,
      [launch.attemptId],
    );
    return attempt!;
  }

  private async states(tx: Tx, attemptId: number): Promise<Map<number, StoredState>> {
    const rows = await selectRows<StoredState>(
      tx,
      `SELECT scoIndex, launchId, sequence, cmi, completion, success, scoreScaled, secondsBefore, secondsNow
         FROM sco_state WHERE attemptId = ?`,
      [attemptId],
    );
    return new Map(rows.map((row) => [row.scoIndex, row]));
  }

  private async keep(
    tx: Tx,
    launch: OpenLaunch,
    commit: PlayerCommit,
    now: { stored: StoredState | undefined; said: UnitStanding & { place: string | null }; seconds: number },
  ): Promise<void> {
    const { stored, said, seconds } = now;
    const kept = stored?.cmi ? fromJson<Record<string, unknown>>(stored.cmi as string) : null;
    const isSameLaunch = stored?.launchId === launch.id;
    const before = stored ? stored.secondsBefore + (isSameLaunch ? 0 : stored.secondsNow) : 0;
    await execute(
      tx,
      `INSERT INTO sco_state (attemptId, scoIndex, launchId, sequence, cmi, completion, success, scoreScaled, place,
          secondsBefore, secondsNow, isClosed, updatedAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)${orUpdate(tx, ['attemptId', 'scoIndex'], CHANGED)}`,
      [
        launch.attemptId,
        commit.scoIndex,
        launch.id,
        commit.sequence,
        JSON.stringify(keptCmi(kept, commit)),
        said.completion,
        said.success,
        said.scoreScaled,
        said.place,
        before,
        seconds,
        commit.isFinal,
        this.clock.now(),
      ],
    );
  }

  /** A message that comes late changes nothing of what is stored but what the unit had reached by it. */
  private async keepReached(tx: Tx, attemptId: number, scoIndex: number, unit: UnitStanding): Promise<void> {
    await execute(
      tx,
      'UPDATE sco_state SET completion = ?, success = ?, scoreScaled = ? WHERE attemptId = ? AND scoIndex = ?',
      [unit.completion, unit.success, unit.scoreScaled, attemptId, scoIndex],
    );
  }

  /** The launch was heard of: it lives on, and has lasted so much longer. */
  private async touch(tx: Tx, launchId: number, sequence: number, addedSeconds: number): Promise<void> {
    const now = this.clock.now();
    await execute(
      tx,
      `UPDATE launch SET lastSeenAt = ?, expiresAt = ?, seconds = seconds + ?,
              sequence = CASE WHEN sequence < ? THEN ? ELSE sequence END
        WHERE id = ?`,
      [now, new Date(now.getTime() + LAUNCH_LIFETIME_MS), addedSeconds, sequence, sequence, launchId],
    );
  }

  /** What goes beyond what the attempt had reached becomes an event, with the message as evidence. */
  private async conclude(
    tx: Tx,
    launch: OpenLaunch,
    attempt: LockedAttempt,
    now: { standing: UnitStanding; isFirst: boolean; commit: PlayerCommit; raw: string },
  ): Promise<SavedCommit> {
    const { isFirst, commit, raw } = now;
    const reached = bestOf(attempt, now.standing);
    const isFinished = attempt.completedAt !== null || givesCredit(reached, attempt.creditRule);
    let state = await this.stateOf(tx, attempt.enrolmentId);
    if (isFirst || !isSameStanding(reached, attempt)) {
      await this.note(tx, launch, attempt, { reached, isFinished, commit, raw });
      state = await this.stateOf(tx, attempt.enrolmentId);
    }
    return { state, isFinished, isSuperseded: attempt.newestLaunchId > launch.id };
  }

  private async note(
    tx: Tx,
    launch: OpenLaunch,
    attempt: LockedAttempt,
    now: { reached: UnitStanding; isFinished: boolean; commit: PlayerCommit; raw: string },
  ): Promise<void> {
    const { reached, isFinished, commit, raw } = now;
    const at = this.clock.now();
    await execute(
      tx,
      'UPDATE attempt SET completion = ?, success = ?, scoreScaled = ?, completedAt = COALESCE(completedAt, ?) WHERE id = ?',
      [reached.completion, reached.success, reached.scoreScaled, isFinished ? at : null, launch.attemptId],
    );
    // Whoever sends two different messages under one number keeps the first.
    await execute(
      tx,
      `${insertIgnore(tx)} INTO player_message (launchId, sequence, scoIndex, body, receivedAt) VALUES (?, ?, ?, ?, ?)`,
      [launch.id, commit.sequence, commit.scoIndex, raw, at],
    );
    if (attempt.enrolmentId === null) return;
    await this.enrolments.record(tx, attempt.enrolmentId, {
      ...reached,
      occurredAt: at,
      seconds: null,
      source: PLAYER_SOURCE,
      inboxMessageId: null,
      attempt: { id: launch.attemptId, versionId: launch.versionId },
    });
  }

  private async stateOf(tx: Tx, enrolmentId: number | null): Promise<EnrolmentState | null> {
    if (enrolmentId === null) return null;
    const [row] = await selectRows<{ state: EnrolmentState }>(
      tx,
      'SELECT state FROM enrolment WHERE id = ?',
      [enrolmentId],
    );
    return row!.state;
  }

  private sinceStart(launch: OpenLaunch): number {
    return (this.clock.now().getTime() - launch.startedAt.getTime()) / 1000;
  }
}

const CHANGED = [
  'launchId',
  'sequence',
  'cmi',
  'completion',
  'success',
  'scoreScaled',
  'place',
  'secondsBefore',
  'secondsNow',
  'isClosed',
  'updatedAt',
];

function secondsOf(stored: StoredState | undefined, launchId: number): number {
  return stored?.launchId === launchId ? stored.secondsNow : 0;
}

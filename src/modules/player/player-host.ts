import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ENV, type Env } from '../../config/env.js';
import { PackageStore, type PackageFile } from '../packages/index.js';
import { CommitService, type SavedCommit } from './commit.service.js';
import { contentKey, openContentKey } from './content-key.js';
import { LaunchQueries, type ClosedLaunch } from './launch.queries.js';
import { MissingPackages } from './missing-packages.js';
import { playerMessage } from './player.schemas.js';
import { shellModel, type ShellModel } from './shell-model.js';

/** What the content host shows for a token: the player, or why there is none. */
export type Shell =
  | { kind: 'player'; model: ShellModel }
  | { kind: 'closed'; reason: ClosedLaunch | 'package_missing'; language: string; backUrl: string };

/** What the content host answers to a message. */
export type CommitAnswer =
  { status: 200; saved: SavedCommit } | { status: 400 | 401 | 410; reason: 'unreadable' | ClosedLaunch };

/** Everything the content host does. It knows people by the token of a launch alone: no session, no cookie. */
@Injectable()
export class PlayerHost {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly launches: LaunchQueries,
    private readonly commits: CommitService,
    private readonly store: PackageStore,
    private readonly missing: MissingPackages,
  ) {}

  /** The player's page. */
  async shell(token: string): Promise<Shell> {
    const launch = await this.launches.open(token);
    if (typeof launch === 'string') return this.closed(launch, token);
    const { checksum, manifest } = launch.package;
    const units = await this.launches.units(launch.attemptId);
    const model = shellModel(launch, units, {
      publicUrl: this.env.PUBLIC_URL,
      token,
      filesPath: `/pakke/${contentKey(this.env.APP_SECRET, checksum, this.clock.now())}/`,
    });
    const entry = manifest.scos[model.first];
    if (entry && (await this.store.fileOf(checksum, entry.path))) return { kind: 'player', model };
    await this.missing.report(launch.versionId);
    return {
      kind: 'closed',
      reason: 'package_missing',
      language: launch.learner.language,
      backUrl: model.backUrl,
    };
  }

  /** Saves a message of the player. */
  async commit(token: string, text: string, json: unknown): Promise<CommitAnswer> {
    const launch = await this.launches.open(token);
    if (launch === 'ended') return { status: 410, reason: launch };
    if (typeof launch === 'string') return { status: 401, reason: launch };
    const parsed = playerMessage.safeParse(json);
    if (!parsed.success || !launch.package.manifest.scos[parsed.data.unit])
      return { status: 400, reason: 'unreadable' };
    const { unit, payload, ...message } = parsed.data;
    const saved = await this.commits.save(
      launch,
      {
        ...message,
        scoIndex: unit,
        cmi: payload.runtimeData.cmi,
        completionStatus: payload.completionStatus,
        successStatus: payload.successStatus,
      },
      text,
    );
    return { status: 200, saved };
  }

  /** Ends a launch, because the learner left by the button; its token opens nothing any more. */
  end(token: string): Promise<void> {
    return this.commits.end(token);
  }

  /** A file of a package, by the key in its address. */
  async file(key: string, path: string): Promise<PackageFile | undefined> {
    const checksum = openContentKey(this.env.APP_SECRET, key, this.clock.now());
    return checksum === undefined ? undefined : this.store.fileOf(checksum, path);
  }

  private async closed(reason: ClosedLaunch, token: string): Promise<Shell> {
    const enrolmentId = reason === 'unknown' ? null : await this.launches.enrolmentOf(token);
    const backUrl = this.env.PUBLIC_URL + (enrolmentId ? `/laer/${enrolmentId}` : '/');
    return { kind: 'closed', reason, language: 'da', backUrl };
  }
}

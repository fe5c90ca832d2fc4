import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { MunicipalityQueries } from '../../municipalities/index.js';
import { GuideQueries } from '../reading/guide.queries.js';
import type { VersionRow } from '../reading/version-row.js';
import { ReachQueries } from './reach.queries.js';

/** Gathers what the secretariat's page of a guide shows. */
@Injectable()
export class ManageModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly guides: GuideQueries,
    private readonly reaches: ReachQueries,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  /** @throws DomainError `not_found` */
  async of(guideId: number) {
    const guide = await this.guides.find({ seesAll: true, agentId: null }, guideId);
    const reaches = await this.reaches.of(guideId);
    const names = await this.names(guide.versions);
    return {
      pageTitle: guide.title,
      guide,
      versions: guide.versions.map((version) => ({
        ...version,
        on: localDateOf(new Date(version.effectiveFrom), this.env.TZ_NAME),
        audienceNames: audienceNames(version, names),
        reach: reaches.get(version.id) ?? null,
      })),
    };
  }

  private async names(versions: readonly VersionRow[]): Promise<Map<string, string>> {
    if (!versions.some(({ audience }) => audience.kind === 'municipalities')) return new Map();
    const all = await this.municipalities.list(localDateOf(this.clock.now(), this.env.TZ_NAME));
    return new Map(all.map(({ code, name }) => [code, name]));
  }
}

function audienceNames({ audience }: VersionRow, names: Map<string, string>): string {
  const codes = audience.municipalities?.map((code) => names.get(code) ?? code) ?? audience.skills ?? [];
  return codes.join(', ');
}

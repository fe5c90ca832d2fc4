import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { ENV, type Env } from '../../../config/env.js';
import { CalendarFeedQueries } from './calendar-feed.queries.js';
import type { FeedKind } from './calendar-feed.service.js';

/** What the pages about calendar links show. */
@Injectable()
export class CalendarLinkModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly queries: CalendarFeedQueries,
  ) {}

  /** @param token of a link that was made just now, to be shown this once */
  async of({ personId, agentId }: Principal, kind: FeedKind, token?: string) {
    const path = kind === 'agent' ? `agents/${agentId}/calendar.ics` : 'onboarding-days.ics';
    const link = token && `${this.env.PUBLIC_URL}/api/v1/${path}?token=${token}`;
    return {
      isOwn: kind === 'agent',
      action: kind === 'agent' ? '/mit/kalender' : '/onboardingdage/kalender',
      back: kind === 'agent' ? '/mit' : '/onboardingdage',
      madeAt: await this.queries.madeAt(personId, kind),
      link,
      // Programs that understand this take the calendar over by themselves.
      webcal: link?.replace(/^https?:/, 'webcal:'),
      key: randomToken(),
    };
  }
}

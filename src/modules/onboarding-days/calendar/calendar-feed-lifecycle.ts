import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AgentLifecycle } from '../../agents/index.js';
import { AccessEnds } from '../../identity/index.js';
import { CalendarFeedService } from './calendar-feed.service.js';

/** Calendar links end together with everything else that lets somebody in: the address was wrong, or the person has left. */
@Injectable()
export class CalendarFeedLifecycle implements OnModuleInit {
  constructor(
    private readonly lifecycle: AgentLifecycle,
    private readonly access: AccessEnds,
    private readonly feeds: CalendarFeedService,
  ) {}

  onModuleInit(): void {
    this.access.onEnded(async (tx, personId) => void (await this.feeds.endWithin(tx, personId)));
    // An agent who also leads keeps the access, but not the calendar of an agent.
    this.lifecycle.listen(10, {
      departed: async (tx, { personId }) => void (await this.feeds.endWithin(tx, personId, 'agent')),
    });
  }
}

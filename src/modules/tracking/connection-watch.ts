import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { Background } from '../../database/background.js';
import { ConnectionActivityQueries } from './connection-activity.queries.js';
import { ConnectionAlarms } from './connection-alarms.js';
import { isFailing, isSilent } from './connection-health.rules.js';
import { refusalsOf, type ConnectionRow } from './connection-row.js';
import { ConnectionQueries } from './connection.queries.js';
import { RefusalService } from './refusal.service.js';

const HOURLY = 3_600_000;

/** Looks every hour whether the connections still work, so that somebody hears of it before a completion is missed. */
@Injectable()
export class ConnectionWatch {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly connections: ConnectionQueries,
    private readonly activity: ConnectionActivityQueries,
    private readonly refusals: RefusalService,
    private readonly alarms: ConnectionAlarms,
  ) {}

  @Interval(HOURLY)
  async tick(): Promise<void> {
    await this.background.tick('connections', HOURLY, () => this.run());
  }

  /** Raises and settles what there is; running it again, here or on another instance, changes nothing more. */
  async run(): Promise<void> {
    await this.refusals.flush();
    for (const connection of await this.connections.list()) {
      await this.watchSilence(connection);
      await this.watchFailure(connection);
    }
  }

  private async watchSilence(connection: ConnectionRow): Promise<void> {
    const postedOn = await this.activity.postedOn(connection.id);
    if (isSilent(postedOn, this.activity.today()))
      await this.alarms.raise('connection_silent', connection, postedOn.at(-1)!);
    else await this.alarms.settle('connection_silent', connection.id);
  }

  /** Refusals that have stopped prove nothing: only a message that was taken does. */
  private async watchFailure(connection: ConnectionRow): Promise<void> {
    if (isFailing(refusalsOf(connection), this.clock.now()))
      await this.alarms.raise('connection_failing', connection, connection.refusedSince!);
    else if (connection.refusedCount === 0) await this.alarms.settle('connection_failing', connection.id);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Background } from '../../../database/background.js';
import { Database } from '../../../database/database.js';
import { execute } from '../../../database/sql.js';
import { ClosingService } from '../results/closing.service.js';
import { shownRate } from '../waves/survey.rules.js';

const EVERY_MS = 600_000;
const KEPT_MS = 24 * 3_600_000;

interface OpenWave {
  id: number;
  closesOn: string;
  invited: number;
  rateShownOn: string;
}

/** What happens to open waves by itself: the share that is shown changes once a day, and after the last day they close. */
@Injectable()
export class WaveClock {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly background: Background,
    private readonly closing: ClosingService,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('survey-waves', EVERY_MS, () => this.run());
  }

  /** Closes what is over and brings the shares up to date; safe to do twice. */
  async run(): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const open = await this.database.select<OpenWave>(
      "SELECT id, closesOn, invited, rateShownOn FROM survey WHERE state = 'open'",
    );
    for (const wave of open)
      if (wave.closesOn < today) await this.closing.close(wave.id, null);
      else if (wave.rateShownOn < today) await this.showRate(wave, today);
    await this.dropTables();
  }

  /** Uploaded tables are not kept longer than it takes to look at them. */
  private async dropTables(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.database.unitOfWork.run((tx) =>
      execute(
        tx,
        "UPDATE survey_import SET state = 'expired', sealedTable = NULL WHERE state = 'ready' AND createdAt < ?",
        [before],
      ),
    );
  }

  private async showRate({ id, invited }: OpenWave, today: string): Promise<void> {
    const row = await this.database.selectOne<{ answered: number | string }>(
      'SELECT COUNT(*) AS answered FROM survey_token WHERE surveyId = ? AND isUsed = 1',
      [id],
    );
    await this.database.unitOfWork.run((tx) =>
      execute(tx, "UPDATE survey SET rateShown = ?, rateShownOn = ? WHERE id = ? AND state = 'open'", [
        shownRate(Number(row!.answered), invited),
        today,
        id,
      ]),
    );
  }
}

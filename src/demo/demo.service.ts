import { Inject, Injectable } from '@nestjs/common';
import { localDateOf } from '../common/local-date.js';
import { ENV, type Env } from '../config/env.js';
import { hashPassword, Person } from '../modules/identity/index.js';
import { DemoAgents } from './demo-agents.js';
import { DemoExtras } from './demo-extras.js';
import { DemoProgress, type DemoSize } from './demo-progress.js';
import { FullDemo } from './full/full-demo.js';
import { SmallDemo } from './small-demo.js';

const PASSWORD = 'vagtklar-demo';

/** Fills an empty database: a small DDH of three municipalities, or the believable one of forty. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly progress: DemoProgress,
    private readonly agents: DemoAgents,
    private readonly small: SmallDemo,
    private readonly full: FullDemo,
    private readonly extras: DemoExtras,
  ) {}

  /** Fills an empty database, or goes on with a filling that was cut off; one that holds anybody else is left alone. */
  async fillIfEmpty(size: DemoSize): Promise<void> {
    const begun = await this.progress.begin(size);
    if (!begun || begun.isFinished) return;
    const today = localDateOf(begun.at, this.env.TZ_NAME);
    const passwordHash = await hashPassword(PASSWORD);
    const demo = begun.size === 'full' ? this.full : this.small;
    for (const { name, work } of demo.steps(today, passwordHash)) await this.progress.step(name, work);
    const personId = await this.agents.registerOnTheWay(today);
    for (const { name, work } of this.extras.steps(today)) await this.progress.step(name, work);
    await this.progress.finish(async (tx) => {
      await tx.update(Person, { id: personId }, { passwordHash, isDemo: true });
    });
  }
}

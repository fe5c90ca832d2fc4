import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type LocalDate } from '../common/local-date.js';
import { ENV, type Env } from '../config/env.js';
import { hashPassword, Person } from '../modules/identity/index.js';
import { DemoAgents } from './demo-agents.js';
import { DemoProgress, type DemoSize } from './demo-progress.js';
import { DemoOrganisation } from './demo-organisation.js';
import type { DemoStep } from './full/demo-step.js';
import { FullDemo } from './full/full-demo.js';
import { SmallSeats } from './small-seats.js';

const PASSWORD = 'vagtklar-demo';
const AGENTS = 29;

/** Fills an empty database: a small DDH of three municipalities, or the believable one of forty. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly progress: DemoProgress,
    private readonly organisation: DemoOrganisation,
    private readonly agents: DemoAgents,
    private readonly smallSeats: SmallSeats,
    private readonly full: FullDemo,
  ) {}

  /** Fills an empty database, or goes on with a filling that was cut off; one that holds anybody else is left alone. */
  async fillIfEmpty(size: DemoSize): Promise<void> {
    const begun = await this.progress.begin(size);
    if (!begun || begun.isFinished) return;
    const today = localDateOf(begun.at, this.env.TZ_NAME);
    const passwordHash = await hashPassword(PASSWORD);
    const steps =
      begun.size === 'full' ? this.full.steps(today, passwordHash) : [this.small(today, passwordHash)];
    for (const { name, work } of steps) await this.progress.step(name, work);
    const personId = await this.agents.registerOnTheWay(today);
    await this.progress.finish(async (tx) => {
      await tx.update(Person, { id: personId }, { passwordHash, isDemo: true });
    });
  }

  private small(today: LocalDate, passwordHash: string): DemoStep {
    return {
      name: 'small',
      work: async (tx) => {
        await this.organisation.addOnboardingDays(tx, today);
        await this.organisation.addCourse(tx);
        const leaders = await this.organisation.addStaff(tx, passwordHash);
        for (let n = 0; n < AGENTS; n += 1) await this.agents.add(tx, n, leaders, today);
        await this.smallSeats.write(tx, AGENTS, today);
      },
    };
  }
}

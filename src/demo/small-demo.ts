import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../common/local-date.js';
import { DemoAgents } from './demo-agents.js';
import { DemoOrganisation } from './demo-organisation.js';
import type { DemoStep } from './full/demo-step.js';
import { DemoQuality } from './quality/demo-quality.js';
import { SmallSeats } from './small-seats.js';

const AGENTS = 29;

/** The small DDH of three municipalities. */
@Injectable()
export class SmallDemo {
  constructor(
    private readonly organisation: DemoOrganisation,
    private readonly agents: DemoAgents,
    private readonly seats: SmallSeats,
    private readonly quality: DemoQuality,
  ) {}

  /** What is to be written. */
  steps(today: LocalDate, passwordHash: string): DemoStep[] {
    return [
      {
        name: 'small',
        work: async (tx) => {
          await this.organisation.addOnboardingDays(tx, today);
          await this.organisation.addCourse(tx);
          const leaders = await this.organisation.addStaff(tx, passwordHash);
          for (let n = 0; n < AGENTS; n += 1) await this.agents.add(tx, n, leaders, today);
          await this.seats.write(tx, AGENTS, today);
        },
      },
      { name: 'quality', work: (tx) => this.quality.write(tx, 'small', today) },
    ];
  }
}

import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../common/local-date.js';
import type { Tx } from '../../database/unit-of-work.js';
import { DemoQuality } from '../quality/demo-quality.js';
import type { DemoStep } from './demo-step.js';
import { FullAgents } from './full-agents.js';
import { FullEvents } from './full-events.js';
import { FullMachines } from './full-machines.js';
import { FullOrganisation } from './full-organisation.js';
import { planFull } from './plan.js';

const AGENTS_TOGETHER = 100;

/** The believable DDH: forty municipalities and three hundred agents over two years. */
@Injectable()
export class FullDemo {
  constructor(
    private readonly organisation: FullOrganisation,
    private readonly machines: FullMachines,
    private readonly agents: FullAgents,
    private readonly events: FullEvents,
    private readonly quality: DemoQuality,
  ) {}

  /** What is to be written, in this order; each step finds what the ones before it wrote. */
  steps(today: LocalDate, passwordHash: string): DemoStep[] {
    const plan = planFull(today);
    const parts = Array.from({ length: Math.ceil(plan.agents.length / AGENTS_TOGETHER) }, (_, part) => ({
      name: `agents ${part + 1}`,
      work: (tx: Tx) =>
        this.agents.write(tx, plan, plan.agents.slice(part * AGENTS_TOGETHER, (part + 1) * AGENTS_TOGETHER)),
    }));
    return [
      { name: 'organisation', work: (tx) => this.organisation.write(tx, plan, passwordHash) },
      { name: 'machines', work: (tx) => this.machines.write(tx, plan) },
      ...parts,
      ...this.events.steps(plan),
      { name: 'quality', work: (tx) => this.quality.write(tx, 'full', today) },
    ];
  }
}

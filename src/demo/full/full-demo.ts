import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../common/local-date.js';
import type { Tx } from '../../database/unit-of-work.js';
import { FullAgents } from './full-agents.js';
import { FullMachines } from './full-machines.js';
import { FullMails } from './full-mails.js';
import { FullOrganisation } from './full-organisation.js';
import { FullTrail } from './full-trail.js';
import { FullTransfers } from './full-transfers.js';
import { planFull } from './plan.js';

/** A part of a filling that is written in one unit of work. */
export interface DemoStep {
  name: string;
  work: (tx: Tx) => Promise<void>;
}

const AGENTS_TOGETHER = 100;

/** The believable DDH: forty municipalities and three hundred agents over two years. */
@Injectable()
export class FullDemo {
  constructor(
    private readonly organisation: FullOrganisation,
    private readonly machines: FullMachines,
    private readonly agents: FullAgents,
    private readonly transfers: FullTransfers,
    private readonly mails: FullMails,
    private readonly trail: FullTrail,
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
      { name: 'transfers', work: (tx) => this.transfers.write(tx, plan) },
      { name: 'mails', work: (tx) => this.mails.write(tx, plan) },
      { name: 'trail', work: (tx) => this.trail.write(tx, plan) },
    ];
  }
}

import { Injectable } from '@nestjs/common';
import type { DemoStep } from './demo-step.js';
import { FullMails } from './full-mails.js';
import { FullSeats } from './full-seats.js';
import { FullTrail } from './full-trail.js';
import { FullTransfers } from './full-transfers.js';
import type { DemoPlan } from './plan.js';

/** What has happened around the agents who are there: moves, onboarding days, mails, and the trail of it all. */
@Injectable()
export class FullEvents {
  constructor(
    private readonly transfers: FullTransfers,
    private readonly seats: FullSeats,
    private readonly mails: FullMails,
    private readonly trail: FullTrail,
  ) {}

  /** What is to be written, in this order. */
  steps(plan: DemoPlan): DemoStep[] {
    return [
      { name: 'transfers', work: (tx) => this.transfers.write(tx, plan) },
      { name: 'seats', work: (tx) => this.seats.write(tx, plan) },
      { name: 'mails', work: (tx) => this.mails.write(tx, plan) },
      { name: 'trail', work: (tx) => this.trail.write(tx, plan) },
    ];
  }
}

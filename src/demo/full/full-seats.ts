import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import { DemoSeats } from '../seats/demo-seats.js';
import { seatDays } from '../seats/seat-days.js';
import type { DemoPlan } from './plan.js';
import { planSeats } from './plan-seats.js';

/** Writes two years of seats and attendance; agents and days are there already. */
@Injectable()
export class FullSeats {
  constructor(private readonly seats: DemoSeats) {}

  async write(tx: Tx, plan: DemoPlan): Promise<void> {
    await this.seats.write(tx, planSeats(plan, await seatDays(tx)));
  }
}

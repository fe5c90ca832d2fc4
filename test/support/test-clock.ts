import { Clock } from '../../src/common/clock.js';

/** The real clock, moved by as much as a test wants. */
export class TestClock extends Clock {
  private offset = 0;

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  /** Moves on by so many milliseconds. */
  advance(ms: number): void {
    this.offset += ms;
  }

  /** Moves to an instant; time goes on from there. */
  set(instant: string): void {
    this.offset = new Date(instant).getTime() - Date.now();
  }
}

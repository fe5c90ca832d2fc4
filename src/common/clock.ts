/** The only source of "now"; replaced in tests so that nothing waits for real time. */
export abstract class Clock {
  /** The present instant. */
  abstract now(): Date;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

import { Injectable } from '@nestjs/common';

/** Something that is deleted by itself after a while. */
export interface RetentionRule {
  /** Names the rule; its sentence is `retention.<key>` in the catalogue. */
  key: string;
  /** For how long it is kept. */
  months: number;
  /** Deletes what is older; safe to run again. Gives how many rows or people were affected. */
  run: (before: Date) => Promise<number>;
}

/** What every module deletes by itself. */
@Injectable()
export class Retention {
  private readonly known: RetentionRule[] = [];

  /** Registers a rule. */
  register(...rules: RetentionRule[]): void {
    this.known.push(...rules);
  }

  /** All registered rules. */
  rules(): readonly RetentionRule[] {
    return this.known;
  }
}

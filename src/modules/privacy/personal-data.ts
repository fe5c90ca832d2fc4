import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** A table that holds something about a person. */
export interface PersonalHolding {
  table: string;
  /** What is told to the person: a SELECT in which each `?` is the person's id. */
  select: string;
  /** What is told in its place when the person asks; whoever answers for the person is not to read all of it. */
  ownSelect?: string;
  /** Under which key of the catalogue the words for a column's values stand, where not under that of the table or the column. */
  words?: Record<string, string>;
  /** Takes away what is no longer needed to know. Left out where the rows name nobody once the person's own row is erased. */
  erase?: (tx: Tx, personId: number) => Promise<void>;
}

/** What every module holds about a person; each registers its own tables. */
@Injectable()
export class PersonalData {
  private readonly known: PersonalHolding[] = [];

  /** Registers tables; they are shown and erased in the order of registration. */
  register(...holdings: PersonalHolding[]): void {
    this.known.push(...holdings);
  }

  /** All registered tables. */
  holdings(): readonly PersonalHolding[] {
    return this.known;
  }
}

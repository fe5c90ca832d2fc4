import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Injectable } from '@nestjs/common';

/** What so many rows leave behind is some 30 MB; taking it away takes some 30 ms. */
const ROWS = 25_000;

/**
 * Has the garbage of long work taken away before it piles up. Left to itself the engine lets the heap grow to twice or three times what is
 * in use, and a million rows would take 200 MB that are given back only later (`bench/shift-import.mjs`).
 */
@Injectable()
export class HeapCare {
  private rows = 0;
  private collect: (() => void) | undefined;

  /** Told of rows that have been worked at. */
  after(rows: number): void {
    this.rows += rows;
    if (this.rows < ROWS) return;
    this.rows = 0;
    this.collect ??= collector();
    this.collect();
  }
}

/** The engine's own, which is there only in contexts that begin after it was asked for. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

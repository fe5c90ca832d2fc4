import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** What a module above does when shifts change, in the same unit of work. */
export interface ShiftListener {
  /** Agents whose plan is another one now, each once, lowest key first; their rows are held. */
  changed?: (tx: Tx, agentIds: readonly number[]) => Promise<void>;
  /** Before shifts go: whatever refers to them goes first. */
  removing?: (tx: Tx, shiftIds: readonly number[]) => Promise<void>;
}

/** Tells the modules above of what happens to the shift plan, without knowing them. */
@Injectable()
export class ShiftEvents {
  private readonly listeners: ShiftListener[] = [];

  /** Registers a listener. */
  listen(listener: ShiftListener): void {
    this.listeners.push(listener);
  }

  /** Tells whose plan has changed. */
  async changed(tx: Tx, agentIds: readonly number[]): Promise<void> {
    const each = [...new Set(agentIds)].sort((a, b) => a - b);
    if (each.length > 0) for (const { changed } of this.listeners) await changed?.(tx, each);
  }

  /** Tells which shifts are about to go. */
  async removing(tx: Tx, shiftIds: readonly number[]): Promise<void> {
    if (shiftIds.length > 0) for (const { removing } of this.listeners) await removing?.(tx, shiftIds);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';

/** An agent's receipt. */
export interface ReceiptEvent {
  agentId: number;
  guideId: number;
  versionId: number;
}

/** What a module above does when something happens here, in the same unit of work. */
export interface GuideListener {
  /** An agent has read a version. */
  read?: (tx: Tx, event: ReceiptEvent) => Promise<void>;
  /** An agent answers calls on other subjects than before. */
  skillsChanged?: (tx: Tx, agentId: number) => Promise<void>;
}

/** Tells the modules above of what happens to guides, without knowing them. */
@Injectable()
export class GuideEvents {
  private readonly listeners: GuideListener[] = [];

  /** Registers a listener. */
  listen(listener: GuideListener): void {
    this.listeners.push(listener);
  }

  /** Tells of a receipt. */
  async read(tx: Tx, event: ReceiptEvent): Promise<void> {
    for (const { read } of this.listeners) await read?.(tx, event);
  }

  /** Tells of an agent's other skills. */
  async skillsChanged(tx: Tx, agentId: number): Promise<void> {
    for (const { skillsChanged } of this.listeners) await skillsChanged?.(tx, agentId);
  }
}

import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../common/local-date.js';
import type { Tx } from '../../database/unit-of-work.js';

/** Something that happened to an agent. */
export interface AgentEvent {
  agentId: number;
  personId: number;
  /** Where the agent is employed; after a transfer the new municipality. */
  municipalityCode: string;
  /** The first day of a period or a transfer, the last of a departure, today for what else changes. */
  on: LocalDate;
}

/** The beginning of a period. */
export interface AgentJoined extends AgentEvent {
  /** Person and agent were made in this unit of work: nothing is known of them elsewhere, and nobody else can touch them. */
  isNew: boolean;
}

/** What a module does when something happens to an agent, in the same unit of work. */
export interface AgentListener {
  /** A period has begun: of somebody new, or of one who comes back. */
  joined?: (tx: Tx, event: AgentJoined) => Promise<void>;
  departed?: (tx: Tx, event: AgentEvent) => Promise<void>;
  moved?: (tx: Tx, event: AgentEvent) => Promise<void>;
  /** The start or the last day is another one than was known. */
  periodChanged?: (tx: Tx, event: AgentEvent) => Promise<void>;
  emailChanged?: (tx: Tx, event: AgentEvent) => Promise<void>;
}

/** Tells the modules above of what happens to agents, without knowing them. */
@Injectable()
export class AgentLifecycle {
  private listeners: { order: number; listener: AgentListener }[] = [];

  /** Registers a listener; those with a lower order are told first. */
  listen(order: number, listener: AgentListener): void {
    this.listeners = [...this.listeners, { order, listener }].sort((a, b) => a.order - b.order);
  }

  /** Tells everyone, one after the other. */
  async tell<What extends keyof AgentListener>(
    what: What,
    tx: Tx,
    event: Parameters<NonNullable<AgentListener[What]>>[1],
  ): Promise<void> {
    for (const { listener } of this.listeners) await listener[what]?.(tx, event as AgentJoined);
  }
}

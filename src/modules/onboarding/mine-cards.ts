import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';

/** A card on an agent's own page that leads to something. */
export interface MineCard {
  heading: string;
  text: string;
  link: string;
}

/** Gives the cards for an agent, in the reader's language. */
export type MineCardSource = (principal: Principal, language: string) => Promise<MineCard[]>;

/** Lets modules above put cards on the agent's own page, without this module knowing them. */
@Injectable()
export class MineCards {
  private readonly sources: MineCardSource[] = [];

  /** Registers where cards come from; they are shown in the order of registration. */
  register(source: MineCardSource): void {
    this.sources.push(source);
  }

  /** All cards for an agent. */
  async of(principal: Principal, language: string): Promise<MineCard[]> {
    const cards = await Promise.all(this.sources.map((source) => source(principal, language)));
    return cards.flat();
  }
}

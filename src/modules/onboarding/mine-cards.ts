import { Injectable } from '@nestjs/common';

/** A card on an agent's own page that leads to a page of a module above; its words stand in the catalogue. */
export interface MineCard {
  path: string;
  titleKey: string;
  textKey: string;
}

/** Gives the card, or null when there is nothing to lead to. */
export type CardOffer = (agentId: number) => Promise<MineCard | null>;

/** What the modules above put on an agent's own page. */
@Injectable()
export class MineCards {
  private readonly offers: CardOffer[] = [];

  /** Registers an offer; cards stand in the order of registration. */
  offer(offer: CardOffer): void {
    this.offers.push(offer);
  }

  /** The cards of an agent. */
  async of(agentId: number): Promise<MineCard[]> {
    const cards = await Promise.all(this.offers.map((offer) => offer(agentId)));
    return cards.filter((card) => card !== null);
  }
}

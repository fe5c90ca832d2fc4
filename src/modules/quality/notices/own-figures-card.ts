import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MineCards } from '../../onboarding/index.js';
import { OWN_FIGURES_PATH } from './case-mails.js';
import { OwnFigures } from './own-figures.queries.js';

/** Leads an agent who has figures from the own page to them. */
@Injectable()
export class OwnFiguresCard implements OnModuleInit {
  constructor(
    private readonly cards: MineCards,
    private readonly own: OwnFigures,
  ) {}

  onModuleInit(): void {
    const card = { path: OWN_FIGURES_PATH, titleKey: 'ownFigures.title', textKey: 'ownFigures.card' };
    this.cards.offer(async (agentId) => ((await this.own.hasAny(agentId)) ? card : null));
  }
}

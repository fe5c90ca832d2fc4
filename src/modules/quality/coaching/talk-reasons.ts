import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { MailReasons } from '../../notifications/index.js';
import type { TalkState } from './talk-state.rules.js';

/** The state in which a talk must still be when such a mail goes out. */
const STATES: Record<string, TalkState> = {
  'coaching-offer': 'offered',
  'coaching-coach': 'accepted',
  'coaching-booked': 'accepted',
};

/** Keeps mails about a talk from going out once it has ended or been answered. */
@Injectable()
export class TalkReasons implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    for (const [template, state] of Object.entries(STATES))
      this.reasons.register(template, async (talkId) => (await this.stateOf(talkId)) === state);
  }

  private async stateOf(talkId: number): Promise<TalkState | undefined> {
    const talk = await this.database.selectOne<{ state: TalkState }>(
      'SELECT state FROM coaching_talk WHERE id = ?',
      [talkId],
    );
    return talk?.state;
  }
}

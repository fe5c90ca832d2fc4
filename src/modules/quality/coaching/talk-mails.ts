import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { selectRows, toInstant } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { translator } from '../../../web/i18n/translate.js';
import { OutboxService, type MailOrder } from '../../notifications/index.js';
import type { HeldTalk } from './held-talks.js';
import { talkInvitation } from './talk-calendar.js';
import { talkPeople, type TalkParty, type TalkPeople } from './talk-people.js';

/** What the coach is written to about. */
export type CoachOccasion = 'accepted' | 'otherTimes' | 'asksOutcome';

/** Tells the two of a talk what has become of it; no figure, no reason and no name of the agent is in any mail. */
@Injectable()
export class TalkMails {
  private readonly host: string;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
  ) {
    this.host = new URL(env.PUBLIC_URL).hostname;
  }

  /** The offer, to the agent. */
  async offer(tx: Tx, talk: HeldTalk): Promise<void> {
    const { agent, coach } = await talkPeople(tx, talk.id);
    const { name: coachName, municipalityName: coachMunicipality } = coach;
    const { startsAt, minutes } = talk;
    await this.send(tx, talk, agent, {
      template: 'coaching-offer',
      variables: { coachName, coachMunicipality, startsAt, minutes, url: this.url(talk, false) },
    });
  }

  /** To the coach: the agent has said yes, proposes other times, or the day after: was it held? */
  async tellCoach(
    tx: Tx,
    talk: HeldTalk,
    occasion: CoachOccasion,
    later: Pick<MailOrder, 'dedupeKey' | 'notBefore'> = {},
  ): Promise<void> {
    const { coach } = await talkPeople(tx, talk.id);
    const times = occasion === 'asksOutcome' ? [] : await this.proposed(tx, talk);
    await this.send(tx, talk, coach, {
      template: 'coaching-coach',
      variables: {
        [occasion]: true,
        startsAt: talk.startsAt,
        times,
        url: this.url(talk, true),
      },
      ...later,
    });
  }

  /** To both, with the entry for the calendar. */
  async booked(tx: Tx, talk: HeldTalk, { isChange }: { isChange: boolean }): Promise<void> {
    const people = await talkPeople(tx, talk.id);
    for (const isCoach of [false, true])
      await this.send(tx, talk, isCoach ? people.coach : people.agent, {
        template: 'coaching-booked',
        variables: {
          isCoach,
          isChange,
          coachName: people.coach.name,
          startsAt: talk.startsAt,
          minutes: talk.minutes,
          teamsLink: talk.link,
          url: this.url(talk, isCoach),
        },
        calendar: this.calendar(talk, people, { isCoach, isCancelled: false }),
      });
  }

  /**
   * That it will not take place, to those named, with the cancellation of the entry where there was one.
   * @param talk as it was before, but for its sequence
   */
  async cancelled(
    tx: Tx,
    talk: HeldTalk,
    to: { agent: boolean; coach: boolean; wasBooked: boolean },
  ): Promise<void> {
    const people = await talkPeople(tx, talk.id);
    for (const isCoach of [false, true]) {
      if (!(isCoach ? to.coach : to.agent)) continue;
      await this.send(tx, talk, isCoach ? people.coach : people.agent, {
        template: 'coaching-cancelled',
        variables: { isCoach, startsAt: to.wasBooked ? talk.startsAt : null },
        ...(to.wasBooked && { calendar: this.calendar(talk, people, { isCoach, isCancelled: true }) }),
      });
    }
  }

  private async proposed(tx: Tx, { id }: HeldTalk): Promise<Date[]> {
    const rows = await selectRows<{ startsAt: string | Date }>(
      tx,
      'SELECT startsAt FROM coaching_time WHERE talkId = ? ORDER BY startsAt',
      [id],
    );
    return rows.map(({ startsAt }) => toInstant(startsAt));
  }

  private async send(
    tx: Tx,
    talk: HeldTalk,
    { to, isThere }: TalkParty,
    mail: Omit<MailOrder, 'to' | 'about'>,
  ) {
    if (isThere) await this.outbox.queue(tx, { ...mail, to, about: { type: 'coaching_talk', id: talk.id } });
  }

  private calendar(
    talk: HeldTalk,
    people: TalkPeople,
    { isCoach, isCancelled }: { isCoach: boolean; isCancelled: boolean },
  ): string {
    const { to, name } = isCoach ? people.coach : people.agent;
    const t = translator(to.language);
    const texts = [
      !isCoach && t('coaching.calendarWith', { name: people.coach.name }),
      talk.link,
      t('coaching.calendarHint'),
    ];
    return talkInvitation(
      {
        uid: `coaching-talk-${talk.id}@${this.host}`,
        sequence: talk.sequence,
        stamp: this.clock.now(),
        startsAt: talk.startsAt!,
        minutes: talk.minutes,
        summary: t('coaching.calendarTitle', { organisation: this.env.ORGANISATION_NAME }),
        description: texts.filter(Boolean).join('\n\n'),
        link: talk.link,
        url: this.url(talk, isCoach),
        isCancelled,
      },
      { name: this.env.ORGANISATION_NAME, email: this.env.SUPPORT_EMAIL },
      { name, email: to.address },
    );
  }

  private url({ id }: HeldTalk, isCoach: boolean): string {
    return `${this.env.PUBLIC_URL}${isCoach ? '/kvalitet/sparring' : '/mit/samtaler'}/${id}`;
  }
}

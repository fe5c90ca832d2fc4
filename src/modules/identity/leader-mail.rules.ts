/** Somebody who may take a leader's mail. */
export interface MailTaker {
  personId: number;
  /** Not deactivated, and still a leader of the municipality. */
  isInOffice: boolean;
  /** On a day of absence. */
  isAway: boolean;
}

/** In which capacity the mail is taken. */
export type TakenAs = 'leader' | 'deputy' | 'first_leader';

/**
 * Who gets a leader's mail: the leader, else the deputy, else the municipality's first leader; null when nobody is there and it
 * becomes a task for the secretariat (decision "People").
 */
export function leaderMailTaker(
  leader: MailTaker | null,
  deputy: MailTaker | null,
  first: MailTaker | null,
): { personId: number; as: TakenAs } | null {
  const order: [MailTaker | null, TakenAs][] = [
    [leader, 'leader'],
    [deputy, 'deputy'],
    [first, 'first_leader'],
  ];
  const found = order.find(([taker]) => taker?.isInOffice && !taker.isAway);
  return found ? { personId: found[0]!.personId, as: found[1] } : null;
}

/** What a mailed link is for. */
export type LinkPurpose = 'personal' | 'sign-in' | 'invitation' | 'reset';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long each kind of link is valid, in milliseconds. */
export const LINK_LIFETIME: Record<LinkPurpose, number> = {
  personal: 30 * DAY,
  'sign-in': 15 * MINUTE,
  invitation: 14 * DAY,
  reset: 60 * MINUTE,
};

/**
 * How many links of a kind a person is mailed within an hour, or within their lifetime where that is shorter, so that there
 * is always a valid one in the mailbox; further wishes are answered alike, but not mailed.
 */
export const LINKS_PER_WINDOW = 5;

/** The window in which links of a kind are counted, in milliseconds. */
export function linkWindow(purpose: LinkPurpose): number {
  return Math.min(60 * MINUTE, LINK_LIFETIME[purpose]);
}

/** What is stored of a link. */
export interface StoredLink {
  purpose: LinkPurpose;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}

/** Whether a link still opens, and if not, why. A personal link may be used again and again, the others once. */
export function linkState(link: StoredLink, now: Date): 'valid' | 'expired' | 'used' | 'revoked' {
  if (link.revokedAt) return 'revoked';
  if (link.usedAt && link.purpose !== 'personal') return 'used';
  return now < link.expiresAt ? 'valid' : 'expired';
}

/** The path of a link's page. */
export function linkPath(purpose: LinkPurpose, token: string): string {
  switch (purpose) {
    case 'personal':
      return `/v/${token}`;
    case 'sign-in':
      return `/log-ind/link/${token}`;
    case 'invitation':
    case 'reset':
      return `/adgangskode/${token}`;
  }
}

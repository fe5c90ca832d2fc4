/** Failed attempts within the window, the present one counted. */
export interface AttemptCounts {
  /** This account from this address. */
  pair: number;
  /** Any account from this address. */
  address: number;
  /** This account from anywhere. */
  account: number;
  /** The account has signed in from this address before. */
  isKnownPair: boolean;
}

/** Length of the counting window in milliseconds. */
export const THROTTLE_WINDOW_MS = 15 * 60_000;

const LIMITS = { pair: 10, knownPair: 30, address: 100, account: 50 };

/**
 * Whether an attempt is looked at. Guessing at one account from many addresses stops new addresses only: an address the
 * account has signed in from before goes on, so that nobody is locked out by a stranger (OWASP Authentication Cheat
 * Sheet, "Protect Against Automated Attacks"; device cookies are done with the address here).
 */
export function mayAttempt(counts: AttemptCounts): boolean {
  const pairLimit = counts.isKnownPair ? LIMITS.knownPair : LIMITS.pair;
  if (counts.pair > pairLimit || counts.address > LIMITS.address) return false;
  return counts.isKnownPair || counts.account <= LIMITS.account;
}

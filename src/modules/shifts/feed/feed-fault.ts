import { addressFault } from '../../../common/outgoing-address.js';

const CODES = {
  invalid_url: 'invalid_url',
  credentials: 'shift_feed_credentials',
  not_https: 'shift_feed_not_https',
  private: 'shift_feed_private',
} as const;

/** What is wrong with an address from which the plan is to be fetched; undefined when nothing is. */
export function feedFault(
  text: string,
  allowsLoopback: boolean,
): (typeof CODES)[keyof typeof CODES] | undefined {
  const fault = addressFault(text, allowsLoopback);
  return fault && CODES[fault];
}

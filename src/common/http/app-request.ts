import type { FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.js';

/** A request as our hooks and guards have completed it. */
export type AppRequest = FastifyRequest & {
  /** Set by the access guard when a valid session came along. */
  principal?: Principal;
  /** What the names of our cookies begin with: `__Host-` on https, so that no other host can set one. */
  cookiePrefix?: string;
  /** The language in which a page is known to be wanted, such as that of the mail whose link was opened. */
  mailLanguage?: string;
  /** The body as it was sent, for signatures. */
  rawBody?: Buffer;
};

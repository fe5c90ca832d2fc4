/** What kind of refusal it is; the problem filter turns it into an HTTP status. */
export type DomainErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'rule'
  | 'too_large'
  | 'too_many'
  | 'unavailable';

/** One fault of one field; `code` is looked up in the catalogue to become a sentence. */
export interface FieldFault {
  field: string;
  code: string;
  args?: Record<string, string | number>;
}

/** Extra facts that travel with a refusal. */
export interface DomainErrorOptions {
  faults?: FieldFault[];
  args?: Record<string, string | number>;
  retryAfterSeconds?: number;
  /** How the caller may show who it is (`WWW-Authenticate`); a bearer token when left out. */
  challenge?: string;
}

/**
 * A refusal that the caller can act on. `code` is stable English snake_case; the sentence the person reads
 * is `problem.<code>` in the catalogue of the person's language.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly kind: DomainErrorKind,
    readonly options: DomainErrorOptions = {},
  ) {
    super(code);
    this.name = 'DomainError';
  }
}

import { HttpException } from '@nestjs/common';
import { DomainError, type DomainErrorKind } from '../../common/domain-error.js';
import { isDatabaseAway } from '../../database/sql.js';
import { hasMessage, type Translator } from '../i18n/translate.js';
import { faultMessage } from './fault-message.js';

const STATUS: Record<DomainErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rule: 422,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
};

const CODE_OF_STATUS: Record<number, string> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_found',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'busy',
};

/** An error answer as RFC 9457 describes it, with our stable `code`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { field: string; code: string; message: string }[];
}

/** The problem of any thrown value; everything unforeseen is a 500 that says nothing about its inside. */
export function problemOf(error: unknown, t: Translator): Problem {
  const { status, code, refusal } = classify(error);
  const title = `problem.${code}.title`;
  const problem: Problem = {
    type: 'about:blank',
    title: t(hasMessage(title) ? title : `problem.title.${status}`),
    status,
    code,
    detail: t(`problem.${code}`, refusal?.options.args),
  };
  const faults = refusal?.options.faults;
  if (faults)
    problem.errors = faults.map((fault) => ({ ...fault, args: undefined, message: faultMessage(fault, t) }));
  return problem;
}

function classify(error: unknown): { status: number; code: string; refusal?: DomainError } {
  if (error instanceof DomainError) return { status: STATUS[error.kind], code: error.code, refusal: error };
  if (isDatabaseAway(error)) return { status: 503, code: 'database_away' };
  const status = isBrokenForm(error) ? 400 : statusOf(error);
  return { status, code: CODE_OF_STATUS[status] ?? 'internal_error' };
}

/** A form with a file that ends in the middle; the parser's error carries no status. */
function isBrokenForm(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Multipart: |Unexpected end of (multipart|form)|Part terminated early)/.test(error.message)
  );
}

/** Nest's exceptions and Fastify's own errors (body too large, bad JSON) carry their status. */
function statusOf(error: unknown): number {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : (error as { statusCode?: number } | null)?.statusCode;
  if (status === undefined || status >= 500) return status === 503 ? 503 : 500;
  return CODE_OF_STATUS[status] ? (status === 405 ? 404 : status) : 400;
}

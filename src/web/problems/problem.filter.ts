import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ENV, type Env } from '../../config/env.js';
import { DomainError, type DomainErrorOptions } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../i18n/request-language.js';
import { translator } from '../i18n/translate.js';
import { PageRenderer } from '../render/page-renderer.js';
import { shellOf } from '../render/shell.js';
import { AppCookies } from '../security/cookies.js';
import { problemOf, type Problem } from './problem.js';

const MACHINE_PATH = /^\/(api|health|metrics|xapi)(\/|$|\?)/;

/** The only place where an error becomes an answer: problem+json for machines, a page for people. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly renderer: PageRenderer,
    private readonly cookies: AppCookies,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<AppRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const isPage = !MACHINE_PATH.test(request.url);
    const problem = problemOf(
      isPage ? asPageError(error, request) : error,
      translator(requestLanguage(request)),
    );
    if (problem.status >= 500 && problem.code === 'internal_error')
      this.logger.error({ requestId: request.id, error: describe(error) });
    if (reply.sent) return;
    const { retryAfterSeconds: retryAfter, challenge }: DomainErrorOptions =
      error instanceof DomainError ? error.options : {};
    if (retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(retryAfter)));
    if (isPage) this.sendPage(request, reply, problem);
    else this.sendProblem(reply, problem, challenge);
  }

  private sendProblem(reply: FastifyReply, problem: Problem, challenge = 'Bearer'): void {
    if (problem.status === 401) reply.header('www-authenticate', challenge);
    void reply.status(problem.status).header('content-type', 'application/problem+json').send(problem);
  }

  private sendPage(request: AppRequest, reply: FastifyReply, problem: Problem): void {
    if (problem.status === 401) {
      void reply.redirect(signInAt(request), 303);
      return;
    }
    const shell = shellOf(request, this.env, this.cookies.ensureCsrfBinding(request, reply));
    const html = this.renderer.render('web/problem', shell, {
      problem,
      requestId: request.id,
      signIn: problem.code === 'sign_in_needed' ? signInAt(request) : null,
      pageTitle: problem.title,
    });
    void reply.status(problem.status).header('content-type', 'text/html; charset=utf-8').send(html);
  }
}

/** The sign-in page that leads back to where the reader wanted to go. */
function signInAt(request: AppRequest): string {
  return `/log-ind?til=${encodeURIComponent(request.method === 'GET' ? request.url : '/')}`;
}

/** An address that cannot be read leads, for a reader, to a page that does not exist. */
function asPageError(error: unknown, request: AppRequest): unknown {
  const isUnreadable =
    error instanceof DomainError && error.code === 'invalid_input' && request.method === 'GET';
  return isUnreadable ? new DomainError('not_found', 'not_found') : error;
}

/** The stack without the statement's values, which may hold personal data. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const driverCode = (error as { driverError?: { code?: string } }).driverError?.code;
  if (driverCode === undefined) return error.stack;
  return { code: driverCode, at: error.stack?.split('\n').slice(1, 8) };
}

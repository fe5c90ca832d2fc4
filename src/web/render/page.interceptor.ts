import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { ENV, type Env } from '../../config/env.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { AppCookies } from '../security/cookies.js';
import { PAGE_TEMPLATE } from './page.decorator.js';
import { PageRenderer } from './page-renderer.js';
import { PageReply, SeeOther } from './page-reply.js';
import { shellOf } from './shell.js';

/** Turns the view model of a `@Page` handler into HTML. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly reflector: Reflector,
    private readonly renderer: PageRenderer,
    private readonly cookies: AppCookies,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const template = this.reflector.get<string | undefined>(PAGE_TEMPLATE, context.getHandler());
    if (!template) return next.handle();
    const request = context.switchToHttp().getRequest<AppRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((result: object) => this.answer(template, result, request, reply)));
  }

  private answer(template: string, result: object, request: AppRequest, reply: FastifyReply): string {
    if (result instanceof SeeOther) {
      reply.status(303).header('location', result.location);
      return '';
    }
    const page = result instanceof PageReply ? result : new PageReply(result, 200);
    const shell = shellOf(request, this.env, this.cookies.ensureCsrfBinding(request, reply));
    reply.status(page.status).header('content-type', 'text/html; charset=utf-8');
    return this.renderer.render(page.template ?? template, shell, page.model);
  }
}

import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public, RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { email } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { localPath } from '../../web/local-path.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { AppCookies } from '../../web/security/cookies.js';
import { AccountService } from './account.service.js';
import { LinkService } from './link.service.js';
import { PASSWORD_MIN } from './password.js';
import { PasswordService } from './password.service.js';
import { credentials } from './password.guard.js';
import { SignInService } from './sign-in.service.js';

const query = z.object({ til: z.string().max(2000).optional() });
const linkWish = z.object({ email });
const newPassword = z
  .object({ password: z.string().max(200), repeated: z.string().max(200).optional() })
  .refine((form) => form.password.length >= PASSWORD_MIN, {
    path: ['password'],
    params: { code: 'password_too_short' },
  })
  .refine((form) => form.password === form.repeated, {
    path: ['repeated'],
    params: { code: 'passwords_differ' },
  });

/** The pages by which people come in and leave. */
@Controller()
export class SignInPages {
  constructor(
    private readonly signIn: SignInService,
    private readonly accounts: AccountService,
    private readonly passwords: PasswordService,
    private readonly links: LinkService,
    private readonly cookies: AppCookies,
  ) {}

  @Get('log-ind')
  @Public()
  @Page('identity/sign-in')
  show(@Query({ schema: query }) { til }: z.output<typeof query>) {
    return { form: blankForm(), linkForm: blankForm(), til: localPath(til) };
  }

  @Post('log-ind')
  @Public()
  @Page('identity/sign-in')
  async submit(
    @Body() posted: Record<string, unknown> | null | undefined,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const body = posted ?? {};
    const til = targetOf(body);
    try {
      const { email: address, password } = parseForm(credentials, body);
      const personId = await this.signIn.verify(address, password, request.ip);
      const session = await this.signIn.openForBrowser(personId);
      this.cookies.setSession(reply, session.jwt, session.seconds);
      return new SeeOther(til);
    } catch (error) {
      const shown = asFormError(error);
      const form = formWithErrors({ ...body, password: undefined }, shown, requestLanguage(request));
      return new PageReply({ form, linkForm: blankForm(), til }, 400);
    }
  }

  @Post('log-ind/link')
  @Public()
  @Page('identity/link-sent')
  async requestLink(@Body() body: unknown, @Req() request: AppRequest) {
    return this.mailLink('sign-in', body, request);
  }

  @Get('log-ind/link/:token')
  @Public()
  @Page('identity/sign-in-by-link')
  async showLink(@Param('token') token: string) {
    const link = await this.links.find(token, ['sign-in']);
    return { token, state: link?.state ?? 'unknown', til: link?.target ?? '/', linkForm: blankForm() };
  }

  @Post('log-ind/link/:token')
  @Public()
  @Page('identity/sign-in-by-link')
  async useLink(
    @Param('token') token: string,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const til = (await this.links.find(token, ['sign-in']))?.target ?? '/';
    const session = await orNull(this.signIn.openByLink(token, 'sign-in', request.ip));
    if (!session) return new PageReply({ token, state: 'used', til, linkForm: blankForm() }, 400);
    this.cookies.setSession(reply, session.jwt, session.seconds);
    return new SeeOther(til);
  }

  @Get('glemt-adgangskode')
  @Public()
  @Page('identity/forgotten')
  showForgotten() {
    return { linkForm: blankForm() };
  }

  @Post('glemt-adgangskode')
  @Public()
  @Page('identity/link-sent')
  async requestReset(@Body() body: unknown, @Req() request: AppRequest) {
    return this.mailLink('reset', body, request);
  }

  @Get('adgangskode/:token')
  @Public()
  @Page('identity/choose-password')
  async showChoose(@Param('token') token: string) {
    const link = await this.links.find(token, ['invitation', 'reset']);
    return {
      token,
      state: link?.state ?? 'unknown',
      form: blankForm(),
      linkForm: blankForm(),
      minimum: PASSWORD_MIN,
    };
  }

  @Post('adgangskode/:token')
  @Public()
  @Page('identity/choose-password')
  async choose(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    try {
      const { password } = parseForm(newPassword, body);
      const session = await this.passwords.choose(token, password);
      this.cookies.setSession(reply, session.jwt, session.seconds);
      return new SeeOther('/?done=password_chosen');
    } catch (error) {
      const form = formWithErrors({}, error, requestLanguage(request));
      const link = await this.links.find(token, ['invitation', 'reset']);
      const state = link?.state ?? 'unknown';
      return new PageReply({ token, state, form, linkForm: blankForm(), minimum: PASSWORD_MIN }, 400);
    }
  }

  @Post('log-ud')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Page('identity/sign-in')
  async signOut(@Current() principal: Principal, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.signIn.signOut(principal.sessionId);
    this.cookies.clearSession(reply);
    return new SeeOther('/log-ind?done=signed_out');
  }

  private async mailLink(purpose: 'sign-in' | 'reset', body: unknown, request: AppRequest) {
    const language = requestLanguage(request);
    const til = targetOf(body);
    try {
      await this.accounts.requestLink(parseForm(linkWish, body).email, purpose, request.ip, til);
      return { purpose };
    } catch (error) {
      const linkForm = formWithErrors(body, error, language);
      const model = { form: blankForm(), linkForm, til };
      return new PageReply(model, 400, purpose === 'reset' ? 'identity/forgotten' : 'identity/sign-in');
    }
  }
}

/** The page of ours that a form of this page leads to. */
function targetOf(body: unknown): string {
  const til = (body as { _til?: unknown } | null | undefined)?._til;
  return localPath(typeof til === 'string' ? til : undefined);
}

/** A wrong password is, for the person at the form, a fault of what was typed. */
function asFormError(error: unknown): unknown {
  return error instanceof DomainError && error.code === 'invalid_credentials'
    ? new DomainError(error.code, 'rule')
    : error;
}

async function orNull<T>(session: Promise<T>): Promise<T | null> {
  try {
    return await session;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'link_invalid') return null;
    throw error;
  }
}

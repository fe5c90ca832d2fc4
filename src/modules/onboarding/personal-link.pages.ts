import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/access/access.decorator.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { AppCookies } from '../../web/security/cookies.js';
import { blankForm } from '../../web/forms/form.js';
import { AccountService, LinkService, PeopleQueries, SignInService } from '../identity/index.js';

/**
 * The personal link of a mail. Opening it changes nothing, because mail scanners open links too; a button starts a
 * session that reaches onboarding and learning only.
 */
@Controller('v/:token')
export class PersonalLinkPages {
  constructor(
    private readonly links: LinkService,
    private readonly people: PeopleQueries,
    private readonly signIn: SignInService,
    private readonly accounts: AccountService,
    private readonly cookies: AppCookies,
  ) {}

  @Get()
  @Public()
  @Page('onboarding/personal-link')
  async show(@Param('token') token: string) {
    return this.model(token);
  }

  @Post()
  @Public()
  @Page('onboarding/personal-link')
  async start(
    @Param('token') token: string,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const link = await this.links.find(token, ['personal']);
    const target = link?.target ?? '/mit';
    // Somebody who has signed in keeps the session that opens more.
    if (link?.state === 'valid' && request.principal?.personId === link.personId) return new SeeOther(target);
    try {
      const session = await this.signIn.openByLink(token, 'personal', request.ip);
      this.cookies.setSession(reply, session.jwt, session.seconds);
      return new SeeOther(target);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return new PageReply(await this.model(token), 400);
    }
  }

  @Post('nyt-link')
  @Public()
  @Page('onboarding/link-renewed')
  async renew(@Param('token') token: string) {
    await this.accounts.renewPersonalLink(token);
    return {};
  }

  private async model(token: string) {
    const link = await this.links.find(token, ['personal']);
    const account = link?.state === 'valid' ? await this.people.accountById(link.personId) : undefined;
    const state = link?.state === 'valid' && !account ? 'revoked' : (link?.state ?? 'unknown');
    return { token, state, firstName: account?.firstName, linkForm: blankForm() };
  }
}

import { Body, Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public, RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { email } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { AccountService } from './account.service.js';
import { credentials, PasswordGuard } from './password.guard.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

const tokenPair = z.object({ accessToken: z.string(), expiresIn: z.number(), refreshToken: z.string() });
const refresh = z.strictObject({ refreshToken: z.string().min(1).max(200) });
const linkWish = z.strictObject({ email });
const accepted = z.object({ status: z.literal('accepted') });
const me = z.object({
  personId: z.number(),
  name: z.string(),
  language: z.string(),
  roles: z.array(z.string()),
  agentId: z.number().optional(),
  municipalityCodes: z.array(z.string()),
});

/** Signing in and out over the API. */
@ApiTags('sign-in')
@Controller('api/v1')
export class AuthController {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
  ) {}

  /** Signs in with e-mail and password. */
  @Post('auth/login')
  @HttpCode(200)
  @Public()
  @UseGuards(PasswordGuard)
  @ApiBody({ standardSchema: credentials } as never)
  @ApiOkResponse({ standardSchema: tokenPair })
  login(@Req() request: AppRequest & { user: { personId: number } }) {
    return this.signIn.openForProgram(request.user.personId);
  }

  /** Changes a refresh token, once, for a new pair. */
  @Post('auth/refresh')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: tokenPair })
  refresh(@Body({ schema: refresh }) body: z.output<typeof refresh>) {
    return this.sessions.refresh(body.refreshToken);
  }

  /** Ends the session. */
  @Post('auth/logout')
  @HttpCode(204)
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiNoContentResponse()
  async logout(@Current() principal: Principal): Promise<void> {
    await this.signIn.signOut(principal.sessionId);
  }

  /** Mails a link for a new password, if there is such a person. */
  @Post('auth/password-resets')
  @HttpCode(202)
  @Public()
  @ApiAcceptedResponse({ standardSchema: accepted })
  async requestReset(
    @Body({ schema: linkWish }) body: z.output<typeof linkWish>,
    @Req() request: AppRequest,
  ) {
    await this.accounts.requestLink(body.email, 'reset', request.ip);
    return { status: 'accepted' };
  }

  /** Mails a sign-in link that is valid for 15 minutes, if there is such a person. */
  @Post('auth/links')
  @HttpCode(202)
  @Public()
  @ApiAcceptedResponse({ standardSchema: accepted })
  async requestLink(@Body({ schema: linkWish }) body: z.output<typeof linkWish>, @Req() request: AppRequest) {
    await this.accounts.requestLink(body.email, 'sign-in', request.ip);
    return { status: 'accepted' };
  }

  /** Who is signed in, and for what. */
  @Get('me')
  @RolesOrLink('secretariat', 'leader', 'agent')
  @ApiOkResponse({ standardSchema: me })
  me(@Current() principal: Principal) {
    const { personId, name, language, roles, agentId, municipalityCodes } = principal;
    return { personId, name, language, roles, ...(agentId !== null && { agentId }), municipalityCodes };
  }
}

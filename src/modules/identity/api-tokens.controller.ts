import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { API_SCOPES } from '../../common/access/api-scope.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageOfWhole, pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { newApiToken } from './api-tokens.schemas.js';
import { ApiTokenService } from './api-token.service.js';

const made = z.object({
  id: z.number(),
  name: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  expiresAt: z.string(),
  token: z.string().optional().meta({ description: 'shown once; a repeated request does not show it again' }),
});
const listed = made.omit({ token: true }).extend({
  createdByName: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});
const query = z.strictObject({ ...pageQuery });

/** What programs sign in with. */
@ApiTags('api tokens')
@Controller('api/v1/api-tokens')
@Roles('secretariat')
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokenService) {}

  /** Makes a token with scopes and an end; the token is in this answer and nowhere else. */
  @Post()
  @ApiCreatedResponse({ standardSchema: made })
  make(
    @Body({ schema: newApiToken }) body: z.output<typeof newApiToken>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.tokens.make(body, principal.personId, call);
  }

  /** All tokens with their last use. */
  @Get()
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(listed), nextCursor: z.string().nullable() }) })
  async list(@Query({ schema: query }) page: z.output<typeof query>) {
    return pageOfWhole(await this.tokens.list(), page);
  }

  /** Makes a token worthless at once. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(@Param('id', { schema: id }) tokenId: number, @Current() principal: Principal): Promise<void> {
    return this.tokens.revoke(tokenId, principal.personId);
  }
}

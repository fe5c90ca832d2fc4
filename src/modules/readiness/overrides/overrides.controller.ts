import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { newOverride, overrideView, type NewOverride } from './override.schemas.js';
import { OverrideService } from './override.service.js';

/** Exceptions for single shifts. */
@ApiTags('readiness')
@Controller('api/v1/readiness-overrides')
export class OverridesController {
  constructor(private readonly overrides: OverrideService) {}

  /** Lets an agent take one shift although something is missing. It lapses when the shift is moved. */
  @Post()
  @Roles('secretariat', 'leader')
  @ApiCreatedResponse({ standardSchema: overrideView })
  make(
    @Body({ schema: newOverride }) body: NewOverride,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.overrides.make(body, principal, call);
  }

  /** Takes an exception back. */
  @Delete(':id')
  @HttpCode(204)
  @Roles('secretariat', 'leader')
  @ApiNoContentResponse()
  takeBack(@Param('id', { schema: id }) overrideId: number, @Current() principal: Principal): Promise<void> {
    return this.overrides.takeBack(overrideId, principal);
  }
}

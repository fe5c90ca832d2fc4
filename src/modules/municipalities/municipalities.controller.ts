import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { id, localDate, municipalityCode } from '../../common/fields.js';
import { localDateOf } from '../../common/local-date.js';
import { pageOfWhole, pageQuery } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { MunicipalityQueries } from './municipalities.queries.js';
import { MunicipalityService } from './municipalities.service.js';

const municipality = z.object({
  code: z.string(),
  name: z.string(),
  region: z.string().nullable(),
  isMember: z.boolean(),
  memberFrom: z.string().nullable(),
  memberTo: z.string().nullable(),
  primaryLeaderId: z.number().nullable(),
});
const query = z.strictObject({ ...pageQuery });
const newMembership = z.strictObject({ from: localDate, to: localDate.optional() });
const membershipEnd = z.strictObject({ to: localDate.nullable() });
const membership = z.object({
  id: z.number(),
  municipalityCode: z.string(),
  from: z.string(),
  to: z.string().nullable(),
});

/** Municipalities and their memberships. */
@ApiTags('municipalities')
@Controller('api/v1/municipalities')
export class MunicipalitiesController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly queries: MunicipalityQueries,
    private readonly service: MunicipalityService,
  ) {}

  /** All 98 municipalities with region and membership as of today. */
  @Get()
  @Roles('secretariat', 'leader')
  @Scoped('municipalities:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(municipality), nextCursor: z.string().nullable() }),
  })
  async list(@Query({ schema: query }) page: z.output<typeof query>) {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    return pageOfWhole(await this.queries.list(today), page);
  }

  /** Adds a period of membership. */
  @Post(':code/memberships')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: membership })
  addMembership(
    @Param('code', { schema: municipalityCode }) code: string,
    @Body({ schema: newMembership }) body: z.output<typeof newMembership>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.service.addMembership(
      { code, from: body.from, to: body.to ?? null },
      principal.personId,
      call,
    );
  }

  /** Sets or takes away the last day of a membership. */
  @Patch(':code/memberships/:id')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: membership })
  endMembership(
    @Param('code', { schema: municipalityCode }) code: string,
    @Param('id', { schema: id }) membershipId: number,
    @Body({ schema: membershipEnd }) body: z.output<typeof membershipEnd>,
    @Current() principal: Principal,
  ) {
    return this.service.endMembership(code, membershipId, body.to, principal.personId);
  }
}

import { Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { CoachGrants } from './coach-grants.service.js';
import { CoachQueries, type CoachRow } from './coach.queries.js';
import { coachView } from './coaching.schemas.js';

/** Who may be asked to be a coach. */
@ApiTags('coaching')
@Controller('api/v1/coaches')
@Roles('secretariat')
export class CoachesController {
  constructor(
    private readonly queries: CoachQueries,
    private readonly grants: CoachGrants,
  ) {}

  /** Those who may be asked, by name, with how many talks each has. */
  @Get()
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(coachView) }) })
  async list() {
    return { items: (await this.queries.all()).map(toView) };
  }

  /** Lets a leader or somebody in the secretariat be asked. */
  @Put(':personId')
  @HttpCode(204)
  @ApiNoContentResponse()
  grant(@Param('personId', { schema: id }) personId: number, @Current() principal: Principal): Promise<void> {
    return this.grants.grant(personId, principal.personId);
  }

  /** Takes it back. Talks under way with the person are cancelled, and tasks tell the secretariat of them. */
  @Delete(':personId')
  @HttpCode(204)
  @ApiNoContentResponse()
  withdraw(
    @Param('personId', { schema: id }) personId: number,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.grants.withdraw(personId, principal.personId);
  }
}

function toView({
  personId,
  name,
  municipalityCode,
  municipalityName,
  isAbsent,
  load,
  lastAskedAt,
}: CoachRow) {
  return {
    personId,
    name,
    municipalityCode,
    municipalityName,
    isAbsent,
    load,
    lastAskedAt: lastAskedAt?.toISOString() ?? null,
  };
}

import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import { endOfLocalDate, instantAt } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { ShiftService } from '../shift.service.js';
import { planningScope } from './planning-scope.js';
import { ShiftQueries } from './shift.queries.js';
import { newShift, shiftChanges, shiftListed, shiftQuery, shiftView } from './shifts.schemas.js';

/** The shift plan. An agent who is not ready is not refused: readiness says so, and the shift stays. */
@ApiTags('shifts')
@Controller('api/v1/shifts')
export class ShiftsController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly shifts: ShiftService,
    private readonly queries: ShiftQueries,
  ) {}

  /** Shifts, earliest first; leaders see their municipality's, agents their own. */
  @Get()
  @Roles('secretariat', 'leader', 'agent')
  @Scoped('shifts:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(shiftListed), nextCursor: z.string().nullable() }),
  })
  async list(
    @Query({ schema: shiftQuery }) { from, to, ...filter }: z.output<typeof shiftQuery>,
    @Current() principal: Principal,
  ) {
    const zone = this.env.TZ_NAME;
    const page = await this.queries.list(scopeOf(principal), {
      ...filter,
      from: from === undefined ? undefined : instantAt(from, '00:00', zone),
      to: to === undefined ? undefined : endOfLocalDate(to, zone),
    });
    return {
      ...page,
      items: page.items.map(({ id, agentId, municipalityCode, startsAt, endsAt, source, version }) => ({
        id,
        agentId,
        municipalityCode,
        startsAt,
        endsAt,
        source,
        version,
      })),
    };
  }

  /** Plans a shift. */
  @Post()
  @Roles('secretariat', 'leader')
  @Scoped('shifts:write')
  @ApiCreatedResponse({ standardSchema: shiftView })
  plan(
    @Body({ schema: newShift }) body: z.output<typeof newShift>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const by = { personId: principal.personId, source: 'api' as const };
    return this.shifts.plan(planningScope(principal), body, by, call);
  }

  /** Moves a shift, or gives it to somebody else. */
  @Patch(':id')
  @Roles('secretariat', 'leader')
  @Scoped('shifts:write')
  @ApiOkResponse({ standardSchema: shiftView })
  change(
    @Param('id', { schema: id }) shiftId: number,
    @Body({ schema: shiftChanges }) { version, agentId, startsAt, endsAt }: z.output<typeof shiftChanges>,
    @Current() principal: Principal,
  ) {
    const change = {
      version,
      ...(agentId !== undefined && { agentId }),
      ...(startsAt !== undefined && { startsAt }),
      ...(endsAt !== undefined && { endsAt }),
    };
    return this.shifts.change(planningScope(principal), shiftId, change, principal.personId);
  }

  /** Takes a shift out of the plan. */
  @Delete(':id')
  @HttpCode(204)
  @Roles('secretariat', 'leader')
  @Scoped('shifts:write')
  @ApiNoContentResponse()
  cancel(@Param('id', { schema: id }) shiftId: number, @Current() principal: Principal) {
    return this.shifts.cancel(planningScope(principal), shiftId, principal.personId);
  }
}

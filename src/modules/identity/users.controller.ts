import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { id, municipalityCode } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../common/local-date.js';
import { pageQuery } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { AbsenceService } from './absence.service.js';
import { UserChangesService } from './user-changes.service.js';
import { UserQueries } from './users.queries.js';
import { absenceView, newAbsence, newUser, userChanges, userView } from './users.schemas.js';
import { UserService } from './users.service.js';

const query = z.strictObject({
  q: z.string().max(200).optional(),
  role: z.enum(['secretariat', 'leader']).optional(),
  municipality: municipalityCode.optional(),
  ...pageQuery,
});

/** Leaders and secretariat. */
@ApiTags('users')
@Controller('api/v1/users')
@Roles('secretariat')
export class UsersController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly users: UserService,
    private readonly changes: UserChangesService,
    private readonly absences: AbsenceService,
    private readonly queries: UserQueries,
  ) {}

  /** Invites a leader or somebody for the secretariat; the invitation is mailed. */
  @Post()
  @ApiCreatedResponse({ standardSchema: userView })
  async invite(
    @Body({ schema: newUser }) body: z.output<typeof newUser>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const { id: userId } = await this.users.invite(body, principal.personId, call);
    return this.queries.find(userId);
  }

  /** Leaders and secretariat, sorted by name. */
  @Get()
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(userView), nextCursor: z.string().nullable() }),
  })
  list(@Query({ schema: query }) filter: z.output<typeof query>) {
    return this.queries.list(filter);
  }

  /** One user. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: userView })
  find(@Param('id', { schema: id }) userId: number) {
    return this.queries.find(userId);
  }

  /** Changes a user; `active: false` locks out. A corrected address ends every sign-in and is invited anew. */
  @Patch(':id')
  @ApiOkResponse({ standardSchema: userView })
  async change(
    @Param('id', { schema: id }) userId: number,
    @Body({ schema: userChanges }) body: z.output<typeof userChanges>,
    @Current() principal: Principal,
  ) {
    await this.changes.change(userId, body, principal.personId);
    return this.queries.find(userId);
  }

  /** Absences that are not over. */
  @Get(':id/absences')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(absenceView), nextCursor: z.null() }) })
  async listAbsences(@Param('id', { schema: id }) userId: number) {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    return { items: await this.absences.coming(userId, today), nextCursor: null };
  }

  /** Notes days of absence, on which the deputy takes the mails. */
  @Post(':id/absences')
  @ApiCreatedResponse({ standardSchema: absenceView })
  addAbsence(
    @Param('id', { schema: id }) userId: number,
    @Body({ schema: newAbsence }) body: z.output<typeof newAbsence>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.absences.add(userId, body, principal.personId, call);
  }

  /** Takes an absence back. */
  @Delete(':id/absences/:absence')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeAbsence(
    @Param('id', { schema: id }) userId: number,
    @Param('absence', { schema: id }) absenceId: number,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.absences.remove(userId, absenceId, principal.personId);
  }
}

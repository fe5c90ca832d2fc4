import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { email, language, line, municipalityCode } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { UserQueries } from './users.queries.js';
import { UserService } from './users.service.js';

const newUser = z.strictObject({
  firstName: line(100),
  lastName: line(100),
  email,
  roles: z
    .array(z.enum(['secretariat', 'leader']))
    .min(1)
    .max(2),
  municipalityCode,
  language: language.default('da'),
});
const user = z.object({
  id: z.number(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  municipalityCode: z.string().nullable(),
  language: z.string(),
});
const query = z.strictObject({ role: z.enum(['secretariat', 'leader']).optional(), ...pageQuery });

/** Leaders and secretariat. */
@ApiTags('users')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    private readonly users: UserService,
    private readonly queries: UserQueries,
  ) {}

  /** Invites a leader or somebody for the secretariat; the invitation is mailed. */
  @Post()
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: user })
  invite(
    @Body({ schema: newUser }) body: z.output<typeof newUser>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.users.invite(body, principal.personId, call);
  }

  /** Leaders and secretariat, sorted by name. */
  @Get()
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(user), nextCursor: z.string().nullable() }) })
  list(@Query({ schema: query }) filter: z.output<typeof query>) {
    return this.queries.list(filter);
  }
}

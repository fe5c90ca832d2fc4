import { Body, Controller, Param, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { municipalityCode } from '../../common/fields.js';
import { FirstLeaderService } from './first-leader.service.js';

const change = z.strictObject({ primaryLeaderId: z.number().int().min(1) });
const answer = z.object({ code: z.string(), primaryLeaderId: z.number() });

/** Who is the first leader of a municipality. */
@ApiTags('municipalities')
@Controller('api/v1/municipalities')
export class FirstLeadersController {
  constructor(private readonly firstLeaders: FirstLeaderService) {}

  /** Names the first leader, who gets what nobody else can take. */
  @Patch(':code')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: answer })
  async change(
    @Param('code', { schema: municipalityCode }) code: string,
    @Body({ schema: change }) body: z.output<typeof change>,
    @Current() principal: Principal,
  ) {
    await this.firstLeaders.name(code, body.primaryLeaderId, principal.personId);
    return { code, primaryLeaderId: body.primaryLeaderId };
  }
}

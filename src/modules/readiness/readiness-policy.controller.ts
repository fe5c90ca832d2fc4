import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { ReadinessPolicyQueries } from './readiness-policy.queries.js';
import { ReadinessPolicyService } from './readiness-policy.service.js';
import { UNREAD_GUIDE_EFFECTS } from './readiness.rules.js';

const policyView = z.object({
  unreadGuide: z
    .enum(UNREAD_GUIDE_EFFECTS)
    .meta({ description: 'what a required guide does that has not been read' }),
  byName: z.string().nullable(),
  since: z.string().nullable(),
});
const policyChange = z.strictObject({ unreadGuide: z.enum(UNREAD_GUIDE_EFFECTS) });

/** What the secretariat decided about readiness. */
@ApiTags('readiness')
@Controller('api/v1/readiness-policy')
export class ReadinessPolicyController {
  constructor(
    private readonly queries: ReadinessPolicyQueries,
    private readonly service: ReadinessPolicyService,
  ) {}

  /** What an unread guide does, who decided it and when. */
  @Get()
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: policyView })
  show() {
    return this.queries.current();
  }

  /** Decides what an unread guide does to a shift: it counts at once, for all shifts. */
  @Put()
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: policyView })
  async decide(
    @Body({ schema: policyChange }) { unreadGuide }: z.output<typeof policyChange>,
    @Current() principal: Principal,
  ) {
    await this.service.decide(unreadGuide, principal.personId);
    return this.queries.current();
  }
}

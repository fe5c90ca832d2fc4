import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { newPolicy, policyView, type NewPolicy } from './policy.schemas.js';
import { QualityPolicyQueries } from './quality-policy.queries.js';
import { QualityPolicyService } from './quality-policy.service.js';

/** By what figures are judged. */
@ApiTags('quality')
@Controller('api/v1/quality-policy')
export class QualityPolicyController {
  constructor(
    private readonly queries: QualityPolicyQueries,
    private readonly service: QualityPolicyService,
  ) {}

  /** The policy in force: everybody whom it may concern can read it. Without a version nobody has decided yet. */
  @Get()
  @Roles('secretariat', 'leader', 'agent')
  @Scoped('quality:read')
  @ApiOkResponse({ standardSchema: policyView })
  show() {
    return this.queries.current();
  }

  /** Makes a new version; months that are closed stay as they were judged. A version that is no longer the newest: 409. */
  @Put()
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: policyView })
  async decide(@Body({ schema: newPolicy }) body: NewPolicy, @Current() principal: Principal) {
    await this.service.decide(body, principal.personId);
    return this.queries.current();
  }
}

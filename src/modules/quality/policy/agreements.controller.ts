import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { municipalityCode } from '../../../common/fields.js';
import { pageOfWhole, pageQuery } from '../../../common/pagination.js';
import { agreementView, newAgreement, type NewAgreement } from './agreement.schemas.js';
import { AgreementService } from './agreement.service.js';
import { AgreementQueries } from './agreements.queries.js';

const query = z.strictObject({ ...pageQuery });

/** What is agreed with the municipalities about figures on their agents. */
@ApiTags('quality')
@Controller('api/v1/figures-agreements')
export class AgreementsController {
  constructor(
    private readonly queries: AgreementQueries,
    private readonly service: AgreementService,
  ) {}

  /** Every municipality that takes part, with its agreement or without one. */
  @Get()
  @Roles('secretariat')
  @Scoped('quality:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(agreementView), nextCursor: z.string().nullable() }),
  })
  async list(@Query({ schema: query }) page: z.output<typeof query>) {
    return pageOfWhole(await this.queries.list(), page);
  }

  /** Notes or changes an agreement; a version that is no longer the newest: 409. */
  @Put(':code')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: agreementView })
  note(
    @Param('code', { schema: municipalityCode }) code: string,
    @Body({ schema: newAgreement }) body: NewAgreement,
    @Current() principal: Principal,
  ) {
    return this.service.note(code, body, principal.personId);
  }
}

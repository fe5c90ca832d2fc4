import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { DataExport } from './data-export.js';
import { ErasureService } from './erasure.service.js';

const cell = z.union([z.string(), z.number(), z.null()]);
const personExport = z.object({
  personId: z.number(),
  exportedAt: z.string(),
  tables: z.record(z.string(), z.array(z.record(z.string(), cell))),
  incomplete: z.array(z.string()).meta({ description: 'tables that hold more than is given here' }),
});

/** What is kept about a person, and its end. */
@ApiTags('privacy')
@Controller('api/v1/people')
export class PrivacyController {
  constructor(
    private readonly exports: DataExport,
    private readonly erasures: ErasureService,
  ) {}

  /** Everything that is kept about a person: for the person, and for the secretariat. */
  @Get(':id/data-export')
  @Roles('secretariat', 'leader', 'agent')
  @ApiOkResponse({ standardSchema: personExport })
  dataExport(@Param('id', { schema: id }) personId: number, @Current() principal: Principal) {
    return this.exports.of(personId, principal);
  }

  /** Erases a person who has left. This cannot be undone. */
  @Post(':id/erasures')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  erase(@Param('id', { schema: id }) personId: number, @Current() principal: Principal): Promise<void> {
    return this.erasures.erase(personId, principal.personId);
  }
}

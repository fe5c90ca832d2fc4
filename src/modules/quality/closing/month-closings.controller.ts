import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import { ClosingQueries } from './closing.queries.js';
import { closingView } from './closing.schemas.js';
import { ClosingUndoService } from './closing-undo.service.js';

/** Closings of months. */
@ApiTags('quality')
@Controller('api/v1/month-closings')
export class MonthClosingsController {
  constructor(
    private readonly service: ClosingUndoService,
    private readonly queries: ClosingQueries,
  ) {}

  /** Takes a closing back, as long as nobody has been written to. */
  @Post(':id/undoings')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: closingView })
  async undo(@Param('id', { schema: id }) closingId: number, @Current() principal: Principal) {
    await this.service.undo(closingId, principal.personId);
    return this.queries.find(closingId);
  }
}

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, RolesOrLink } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import { GuideService } from './guide.service.js';
import { receiptView } from './guide-views.js';
import { newReceipt } from './guides.schemas.js';
import { ReceiptService } from './receipt.service.js';

/** What happens to a published version. */
@ApiTags('guides')
@Controller('api/v1/guide-versions/:id')
export class ReceiptsController {
  constructor(
    private readonly receipts: ReceiptService,
    private readonly guides: GuideService,
  ) {}

  /** "Read and understood", by the agent who calls; saying so again gives the first receipt. */
  @Post('receipts')
  @RolesOrLink('agent')
  @ApiCreatedResponse({ standardSchema: receiptView })
  read(
    @Param('id', { schema: id }) versionId: number,
    @Body({ schema: newReceipt.optional() }) body: z.output<typeof newReceipt> | undefined,
    @Current() principal: Principal,
  ) {
    if (principal.agentId === null) throw new DomainError('not_found', 'not_found');
    return this.receipts.read(versionId, principal.agentId, body?.answers);
  }

  /** Takes a version back: nobody is asked to read it, and the one before applies again. */
  @Post('withdrawals')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  withdraw(@Param('id', { schema: id }) versionId: number, @Current() principal: Principal): Promise<void> {
    return this.guides.withdraw(versionId, principal.personId);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { newDeparture, newTransfer, newTransferRequest } from './agent-changes.schemas.js';
import { DepartureService } from './departure.service.js';
import { TransferRequestQueries } from './transfer-request.queries.js';
import { TransferRequestService } from './transfer-request.service.js';
import { TransferService } from './transfer.service.js';

const departure = z.object({ agentId: z.number(), on: z.string(), state: z.enum(['departed', 'planned']) });
const transfer = z.object({
  agentId: z.number(),
  municipalityCode: z.string(),
  leaderId: z.number().optional(),
  on: z.string(),
  state: z.enum(['done', 'planned']),
});
const ownRequest = z.object({
  id: z.number(),
  email: z.string(),
  on: z.string(),
  state: z.enum(['waiting', 'approved', 'lapsed']),
  createdAt: z.string(),
});
const requestToDecide = z.object({
  id: z.number(),
  agentId: z.number(),
  agentName: z.string(),
  fromName: z.string(),
  toName: z.string(),
  requestedBy: z.string(),
  on: z.string(),
});

/** Departures and transfers. */
@ApiTags('agents')
@Controller('api/v1')
export class AgentChangesController {
  constructor(
    private readonly departures: DepartureService,
    private readonly transfers: TransferService,
    private readonly requests: TransferRequestService,
    private readonly queries: TransferRequestQueries,
  ) {}

  /** The agent leaves; `on` is the last day. A day to come is planned. */
  @Post('agents/:id/departures')
  @Roles('secretariat', 'leader')
  @ApiCreatedResponse({ standardSchema: departure })
  depart(
    @Param('id', { schema: id }) agentId: number,
    @Body({ schema: newDeparture }) body: z.output<typeof newDeparture>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.departures.depart(agentId, body.on, principal, call);
  }

  /** Takes a planned departure back. */
  @Delete('agents/:id/departures')
  @HttpCode(204)
  @Roles('secretariat', 'leader')
  @ApiNoContentResponse()
  stay(@Param('id', { schema: id }) agentId: number, @Current() principal: Principal): Promise<void> {
    return this.departures.cancel(agentId, principal);
  }

  /** Moves an agent to another municipality, at once or on a day to come. */
  @Post('agents/:id/transfers')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: transfer })
  transfer(
    @Param('id', { schema: id }) agentId: number,
    @Body({ schema: newTransfer }) body: z.output<typeof newTransfer>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.transfers.transfer(agentId, body, principal, call);
  }

  /** Takes a transfer back that waits for its day. */
  @Delete('agents/:id/transfers')
  @HttpCode(204)
  @Roles('secretariat')
  @ApiNoContentResponse()
  cancelTransfer(
    @Param('id', { schema: id }) agentId: number,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.transfers.cancel(agentId, principal);
  }

  /** Asks for an agent of another municipality; the answer is the same whether or not there is one. */
  @Post('transfer-requests')
  @HttpCode(202)
  @Roles('leader')
  @ApiAcceptedResponse({ standardSchema: z.object({ status: z.literal('accepted') }) })
  request(
    @Body({ schema: newTransferRequest }) body: z.output<typeof newTransferRequest>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.requests.request(body, principal, call);
  }

  /** The caller's own requests, and those the caller may decide on. */
  @Get('transfer-requests')
  @Roles('secretariat', 'leader')
  @ApiOkResponse({
    standardSchema: z.object({ own: z.array(ownRequest), toDecide: z.array(requestToDecide) }),
  })
  async list(@Current() principal: Principal) {
    const [own, toDecide] = await Promise.all([
      this.queries.own(principal.personId),
      this.queries.toDecide(principal),
    ]);
    return { own, toDecide };
  }

  /** Lets the agent go: the leader who has the agent now, or the secretariat. */
  @Post('transfer-requests/:id/approvals')
  @HttpCode(200)
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: transfer })
  approve(@Param('id', { schema: id }) requestId: number, @Current() principal: Principal) {
    return this.requests.approve(requestId, principal);
  }

  /** Keeps the agent; the one who asked is not told. */
  @Post('transfer-requests/:id/declines')
  @HttpCode(204)
  @Roles('secretariat', 'leader')
  @ApiNoContentResponse()
  decline(@Param('id', { schema: id }) requestId: number, @Current() principal: Principal): Promise<void> {
    return this.requests.decline(requestId, principal);
  }
}

import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Signed } from '../../common/access/access.decorator.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { receipt } from './connections.schemas.js';
import type { Delivery } from './delivery.js';
import { IntakeService } from './intake.service.js';

const NOT_WITH_PASSWORD = {
  required: false,
  description: 'not needed where the secret is shown as a password',
};

/** Where e-learning hosts report completions. */
@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(private readonly intake: IntakeService) {}

  /**
   * Takes a message of the connection's shape. It is signed (Standard Webhooks), or, for every shape but our own, comes with
   * HTTP Basic: the connection's key and its secret; Rustici may also post a form with `data`, `userName` and `password`.
   * The message is stored before anything is made of it; one that fits no learner or course is answered 202 all the same
   * and waits for the secretariat.
   */
  @Post('completions/:connection')
  @HttpCode(202)
  @Signed()
  @ApiHeader({ name: 'webhook-id', ...NOT_WITH_PASSWORD })
  @ApiHeader({ name: 'webhook-timestamp', ...NOT_WITH_PASSWORD })
  @ApiHeader({ name: 'webhook-signature', ...NOT_WITH_PASSWORD })
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiBody({ schema: { type: 'object' } })
  @ApiAcceptedResponse({ standardSchema: receipt })
  receive(@Param('connection') key: string, @Req() request: AppRequest) {
    return this.intake.receive(key, deliveryOf(request));
  }
}

/** JSON is kept as it came (src/http/body-parser.ts); of a form only the fields count. */
function deliveryOf({ headers, rawBody, body }: AppRequest): Delivery {
  const form = rawBody ? undefined : (body as Record<string, unknown> | null | undefined);
  return { headers, body: rawBody ?? Buffer.alloc(0), form: form ?? undefined };
}

import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Signed } from '../../common/access/access.decorator.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { parseJson } from '../../common/http/parse-json.js';
import { ConnectionQueries } from './connection.queries.js';
import { InboxService } from './inbox.service.js';
import { isSigned, signatureHeaders } from './signature.js';

/** What a text column of MySQL holds, in bytes. */
const LARGEST_MESSAGE = 65_535;

const answer = z.object({ messageId: z.string(), status: z.enum(['applied', 'unmatched', 'duplicate']) });

/** Where e-learning hosts report completions. */
@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly connections: ConnectionQueries,
    private readonly inbox: InboxService,
  ) {}

  /**
   * Takes a signed message (Standard Webhooks). It is stored before anything is made of it; one that fits no learner or
   * course is answered 202 all the same and waits for the secretariat.
   */
  @Post('completions/:connection')
  @HttpCode(202)
  @Signed()
  @ApiHeader({ name: 'webhook-id', required: true })
  @ApiHeader({ name: 'webhook-timestamp', required: true })
  @ApiHeader({ name: 'webhook-signature', required: true })
  @ApiBody({ schema: { type: 'object' } })
  @ApiAcceptedResponse({ standardSchema: answer })
  async receive(@Param('connection') key: string, @Req() request: AppRequest) {
    const body = request.rawBody ?? Buffer.alloc(0);
    if (body.length > LARGEST_MESSAGE) throw new DomainError('body_too_large', 'too_large');
    const headers = signatureHeaders(request.headers);
    const connection = /^[0-9a-z]{1,40}$/.test(key) ? await this.connections.open(key) : undefined;
    if (!headers || !connection || !connection.secrets.some((secret) => isSigned(secret, body, headers)))
      throw new DomainError('invalid_signature', 'unauthenticated');

    const messageId = headers['webhook-id'];
    const content = read(body);
    const status = await this.inbox.receive(connection, { messageId, ...content });
    if (content.isBroken && status !== 'duplicate') throw new DomainError('unreadable_message', 'malformed');
    return { messageId, status };
  }
}

/** A broken body is kept as well: somebody has to find out what the host meant. */
function read(body: Buffer): { text: string; json: unknown; isBroken: boolean } {
  // Bytes that are no UTF-8 do not get here: the signature is made over a text.
  const text = body.toString('utf8');
  try {
    return { text, json: parseJson(text), isBroken: false };
  } catch {
    return { text, json: undefined, isBroken: true };
  }
}

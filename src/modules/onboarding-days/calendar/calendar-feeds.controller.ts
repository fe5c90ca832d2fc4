import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../../../common/access/access.decorator.js';
import { hashToken } from '../../../common/crypto.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { CalendarFeeds } from './calendar-feeds.js';

/** Calendar programs may add parameters of their own. */
const feedQuery = z.object({ token: z.string().max(200).optional().catch(undefined) });
const ICALENDAR = { 'text/calendar': { schema: { type: 'string' as const } } };

/** Onboarding days for calendar programs. These cannot sign in, so the opaque token in the address opens them. */
@ApiTags('onboarding days')
@ApiProduces('text/calendar')
@Controller('api/v1')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeeds) {}

  /** An agent's seats ahead and past, as iCalendar. */
  @Get('agents/:id/calendar.ics')
  @Public()
  @ApiOkResponse({ content: ICALENDAR })
  async ofAgent(
    @Param('id', { schema: id }) agentId: number,
    @Query({ schema: feedQuery }) { token }: z.output<typeof feedQuery>,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answer(await this.feeds.ofAgent(token, agentId), request, reply);
  }

  /** All onboarding days from a year back, for the secretariat, as iCalendar. */
  @Get('onboarding-days.ics')
  @Public()
  @ApiOkResponse({ content: ICALENDAR })
  async ofSecretariat(
    @Query({ schema: feedQuery }) { token }: z.output<typeof feedQuery>,
    @Req() request: AppRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answer(await this.feeds.ofSecretariat(token), request, reply);
  }
}

/** A program asks again and again: what it has already is not sent once more (RFC 9110 §13.1.2). */
function answer(text: string, request: AppRequest, reply: FastifyReply): string {
  // The stamp alone tells when it was written; without it the same days have the same tag, hence a weak one.
  const etag = `W/"${hashToken(text.replace(/^DTSTAMP:.*$/gm, '')).slice(0, 32)}"`;
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim());
  if (known.includes(etag)) {
    reply.status(304);
    return '';
  }
  reply.header('content-type', 'text/calendar; charset=utf-8');
  return text;
}

import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../common/access/access.decorator.js';
import { DomainError } from '../common/domain-error.js';
import { Database } from '../database/database.js';

const status = z.object({ status: z.literal('ok') });

/** Whether the process lives, and whether it can serve. */
@ApiTags('operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly database: Database) {}

  /** The process answers. */
  @Get('live')
  @ApiOkResponse({ standardSchema: status })
  live() {
    return { status: 'ok' };
  }

  /** The database answers too; 503 when it does not. */
  @Get('ready')
  @ApiOkResponse({ standardSchema: status })
  async ready() {
    try {
      await this.database.select('SELECT 1');
    } catch {
      throw new DomainError('database_away', 'unavailable', { retryAfterSeconds: 5 });
    }
    return { status: 'ok' };
  }
}

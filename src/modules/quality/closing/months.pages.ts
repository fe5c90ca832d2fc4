import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Page } from '../../../web/render/page.decorator.js';
import { queryString } from '../../../web/query-string.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import { ClosingMonths } from './closing-months.js';

const AT_ONCE = 12;
const pageQuery = z.object({ cursor: z.string().max(500).optional() });

/** The months: imported, closed, and where somebody is hit whom nobody has looked at. */
@Controller('kvalitet/maaneder')
@Roles('secretariat')
export class MonthsPages {
  constructor(
    private readonly months: ClosingMonths,
    private readonly policies: QualityPolicies,
  ) {}

  @Get()
  @Page('quality/months')
  async list(@Query({ schema: pageQuery }) { cursor }: z.output<typeof pageQuery>) {
    const { items, nextCursor } = await this.months.list({ limit: AT_ONCE, cursor });
    return {
      months: items,
      policy: await this.policies.current(),
      firstQuery: cursor === undefined ? null : '?',
      nextQuery: nextCursor && queryString({ cursor: nextCursor }),
    };
  }
}

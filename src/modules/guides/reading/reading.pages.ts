import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { formValues, formWithErrors, type FormModel, type FormValues } from '../../../web/forms/form.js';
import { renamed } from '../../../web/forms/renamed.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { GuideReportQueries } from '../guide-reports/guide-report.queries.js';
import { viewerOf } from '../guide-viewer.js';
import { ManageModel } from '../publishing/manage-model.js';
import { ReceiptService } from '../receipt.service.js';
import { GuideQueries } from './guide.queries.js';
import { answerField, ReadingModel } from './reading-model.js';
import { ReadingListQueries } from './reading-list.queries.js';

const listQuery = z.object({
  q: z.string().max(200).optional().catch(undefined),
  tilstand: z.enum(['active', 'draft', 'archived']).optional().catch(undefined),
  cursor: z.string().max(500).optional(),
});
const A_PAGE = 25;

/** Guides as they are found and read. */
@Controller('guides')
@RolesOrLink('secretariat', 'leader', 'agent')
export class ReadingPages {
  constructor(
    private readonly queries: GuideQueries,
    private readonly unread: ReadingListQueries,
    private readonly reading: ReadingModel,
    private readonly manage: ManageModel,
    private readonly receipts: ReceiptService,
    private readonly reports: GuideReportQueries,
  ) {}

  /** What the reader is to read, then everything there is. */
  @Get()
  @Page('guides/list')
  async list(
    @Query({ schema: listQuery }) { q, tilstand, cursor }: z.output<typeof listQuery>,
    @Current() principal: Principal,
  ) {
    const viewer = viewerOf(principal);
    const kind = kindOf(principal);
    const isFiltered = Boolean(q || tilstand);
    const state = viewer.seesAll ? tilstand : undefined;
    const page = await this.queries.list(viewer, { q, state, cursor, limit: A_PAGE });
    const showsUnread = viewer.agentId !== null && !isFiltered && !cursor;
    const unread = showsUnread ? await this.unread.of(viewer.agentId!) : [];
    return {
      filter: { q, tilstand },
      isFiltered,
      ...kind,
      openReports: kind.isSecretariat ? await this.reports.countOpen() : 0,
      showsUnread,
      unread,
      minutes: unread.reduce((sum, { minutes }) => sum + minutes, 0),
      states: ['active', 'draft', 'archived'],
      guides: page.items,
      firstQuery: cursor && queryString({ q, tilstand }),
      nextQuery: page.nextCursor && queryString({ q, tilstand, cursor: page.nextCursor }),
    };
  }

  /** For the secretariat the guide with its versions, for all others its text. */
  @Get(':id')
  @Page('guides/read')
  async show(
    @Param('id', { schema: id }) guideId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    if (kindOf(principal).isSecretariat)
      return new PageReply(await this.manage.of(guideId), 200, 'guides/guide');
    return this.page(principal, request, { guideId });
  }

  @Get(':id/versioner/:n')
  @Page('guides/read')
  read(
    @Param('id', { schema: id }) guideId: number,
    @Param('n', { schema: id }) number: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.page(principal, request, { guideId, number });
  }

  /** "Read and understood". */
  @Post(':id/versioner/:n/laest')
  @RolesOrLink('agent')
  @Page('guides/read')
  async understood(
    @Param('id', { schema: id }) guideId: number,
    @Param('n', { schema: id }) number: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const version = await this.reading.version(viewerOf(principal), guideId, number);
    try {
      await this.receipts.read(version.id, principal.agentId ?? 0, answersOf(formValues(body)));
      return new SeeOther('/guides?done=guide_read');
    } catch (error) {
      const faulty = error instanceof DomainError ? renamed(error, fieldOfAnswer) : error;
      const form = formWithErrors(body, faulty, requestLanguage(request));
      return new PageReply(await this.page(principal, request, { guideId, number }, form), 400);
    }
  }

  private async page(
    principal: Principal,
    request: AppRequest,
    which: { guideId: number; number?: number },
    form?: FormModel,
  ) {
    const model = await this.reading.of(viewerOf(principal), which, requestLanguage(request), form);
    return { ...model, ...kindOf(principal) };
  }
}

/** Who looks, for what the page offers. */
function kindOf({ roles, strength }: Principal) {
  const isFull = strength === 'full';
  return {
    isSecretariat: isFull && roles.includes('secretariat'),
    isStaff: isFull && roles.some((role) => role !== 'agent'),
    canReport: roles.includes('agent') || (isFull && roles.includes('leader')),
  };
}

/** What was answered, in the order of the questions. */
function answersOf(values: FormValues): (number | undefined)[] {
  const answers: (number | undefined)[] = [];
  for (let index = 0; index < 5; index += 1) {
    const typed = values[answerField(index)];
    answers.push(typed !== undefined && /^\d$/.test(typed) ? Number(typed) : undefined);
  }
  return answers;
}

function fieldOfAnswer(field: string): string {
  return field.replace('answers.', 'answer');
}

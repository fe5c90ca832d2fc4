import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { FigureLooks } from '../figure-looks.js';
import { DisputeAnswersService } from './dispute-answers.service.js';
import { DisputeQueries } from './dispute.queries.js';
import { answerForm } from './dispute.schemas.js';
import { shownFigure } from './figure-view.js';
import { OwnFigures } from './own-figures.queries.js';

const ALL = { kind: 'all' } as const;
const A_PAGE = 25;
const listQuery = z.object({
  tilstand: z.enum(['open', 'answered']).default('open').catch('open'),
  cursor: z.string().max(500).optional(),
});

/** What agents have said about their figures, and the secretariat's answers. */
@Controller('kvalitet/indsigelser')
@Roles('secretariat')
export class DisputePages {
  constructor(
    private readonly queries: DisputeQueries,
    private readonly figures: OwnFigures,
    private readonly answers: DisputeAnswersService,
    private readonly looks: FigureLooks,
  ) {}

  @Get()
  @Page('quality/disputes')
  async list(@Query({ schema: listQuery }) { tilstand, cursor }: z.output<typeof listQuery>) {
    const isAnswered = tilstand === 'answered';
    const page = await this.queries.list(ALL, { isAnswered, cursor, limit: A_PAGE });
    return {
      isAnswered,
      disputes: page.items,
      firstQuery: cursor && queryString({ tilstand }),
      nextQuery: page.nextCursor && queryString({ tilstand, cursor: page.nextCursor }),
    };
  }

  @Get(':id')
  @Page('quality/dispute')
  show(@Param('id', { schema: id }) disputeId: number, @Current() principal: Principal) {
    return this.model(disputeId, principal, blankForm());
  }

  @Post(':id/svar')
  @Page('quality/dispute')
  async answer(
    @Param('id', { schema: id }) disputeId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.answers.answer(disputeId, parseForm(answerForm, body), principal.personId);
      return new SeeOther('/kvalitet/indsigelser?done=dispute_answered');
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(disputeId, principal, form), 400);
    }
  }

  private async model(disputeId: number, principal: Principal, form: FormModel) {
    const dispute = await this.queries.find(ALL, disputeId);
    if (!dispute) throw new DomainError('not_found', 'not_found');
    const figure = (await this.figures.figures(dispute.agentId)).find(({ month }) => month === dispute.month);
    await this.looks.record(principal, [dispute.agentId], 'figures');
    return {
      pageTitle: dispute.agentName,
      dispute,
      figure: figure ? { ...shownFigure(figure, null), correctedAt: figure.correctedAt } : null,
      form,
    };
  }
}

import { Controller, Get, Query, Req } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { Page } from '../../../web/render/page.decorator.js';
import { BoardModel, boardQuery } from './board-model.js';

/** The board: the coming shifts, and who is ready for them. */
@Controller('vagtklar')
@Roles('secretariat', 'leader')
export class BoardPages {
  constructor(private readonly model: BoardModel) {}

  @Get()
  @Page('readiness/board')
  show(
    @Query({ schema: boardQuery }) query: z.output<typeof boardQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.model.of(query, principal, translator(requestLanguage(request)));
  }
}

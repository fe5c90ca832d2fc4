import { Controller, Get, Header, Param, Req, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Roles } from '../../../common/access/access.decorator.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { DayDocuments, type DayDocument } from './day-documents.js';

/** What is printed for an onboarding day. */
@Controller('onboardingdage/:id')
@Roles('secretariat')
@ApiExcludeController()
export class DayDocumentsPages {
  constructor(private readonly documents: DayDocuments) {}

  @Get('deltagerliste.pdf')
  @Header('cache-control', 'no-store')
  async participants(@Param('id', { schema: id }) dayId: number, @Req() request: AppRequest) {
    return download(await this.documents.participants(dayId, requestLanguage(request)), 'deltagerliste');
  }

  @Get('navneskilte.pdf')
  @Header('cache-control', 'no-store')
  async badges(@Param('id', { schema: id }) dayId: number, @Req() request: AppRequest) {
    return download(await this.documents.badges(dayId, requestLanguage(request)), 'navneskilte');
  }
}

function download({ on, stream }: DayDocument, name: string): StreamableFile {
  return new StreamableFile(stream, {
    type: 'application/pdf',
    disposition: `attachment; filename="${name}-${on}.pdf"`,
  });
}

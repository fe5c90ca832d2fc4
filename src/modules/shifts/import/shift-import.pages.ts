import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { Upload } from '../../../common/http/upload.decorator.js';
import { blankForm, formKey, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { MOST_ROWS } from './files/plan-rows.js';
import { ShiftImportModel, importPageQuery } from './shift-import.model.js';
import { readMapping } from './mapping-form.js';
import { PlanUpload } from './plan-upload.js';
import { ShiftImportRunner } from './shift-import-runner.js';
import { ShiftImportQueries } from './shift-import.queries.js';
import { ShiftImportService } from './shift-import.service.js';

/** The secretariat brings a plan in: upload, columns, preview, progress, result. */
@Controller('vagter/import')
@Roles('secretariat')
export class ShiftImportPages {
  constructor(
    private readonly uploads: PlanUpload,
    private readonly imports: ShiftImportService,
    private readonly queries: ShiftImportQueries,
    private readonly runner: ShiftImportRunner,
    private readonly model: ShiftImportModel,
  ) {}

  @Get()
  @Page('shifts/upload')
  show() {
    return this.uploadModel(blankForm());
  }

  @Post()
  @Upload('package')
  @Page('shifts/upload')
  async upload(@Req() request: AppRequest, @Current() principal: Principal) {
    try {
      const call = idempotentCall(request, formKey(request.body));
      const importId = await this.uploads.take(request, principal, call);
      void this.runner.runAll();
      return new SeeOther(`/vagter/import/${importId}`);
    } catch (error) {
      const form = formWithErrors({}, atFile(error), requestLanguage(request));
      return new PageReply(await this.uploadModel(form), 400);
    }
  }

  @Get(':id')
  @Page('shifts/import')
  preview(
    @Param('id', { schema: id }) importId: number,
    @Query({ schema: importPageQuery }) query: z.output<typeof importPageQuery>,
    @Req() request: AppRequest,
  ) {
    return this.model.of(importId, query, requestLanguage(request));
  }

  @Post(':id/kolonner')
  @Page('shifts/import')
  async map(
    @Param('id', { schema: id }) importId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { mapping, covers } = readMapping(body);
      await this.imports.map(importId, mapping, covers, principal.personId);
    } catch (error) {
      return this.again(importId, body, error, request);
    }
    void this.runner.runAll();
    return new SeeOther(`/vagter/import/${importId}`);
  }

  @Post(':id/sammenlign')
  @Page('shifts/import')
  async compareAgain(@Param('id', { schema: id }) importId: number) {
    await this.imports.compareAgain(importId);
    void this.runner.runAll();
    return new SeeOther(`/vagter/import/${importId}`);
  }

  @Post(':id/gennemfoer')
  @Page('shifts/import')
  async commit(
    @Param('id', { schema: id }) importId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.imports.commit(importId, principal.personId);
    } catch (error) {
      return this.again(importId, {}, error, request);
    }
    void this.runner.runAll();
    return new SeeOther(`/vagter/import/${importId}`);
  }

  private async again(importId: number, body: unknown, error: unknown, request: AppRequest) {
    const language = requestLanguage(request);
    const form = formWithErrors(body, error, language);
    return new PageReply(await this.model.of(importId, importPageQuery.parse({}), language, form), 400);
  }

  private async uploadModel(form: FormModel) {
    return {
      form,
      key: randomToken(),
      latest: await this.queries.latest(),
      mostRows: MOST_ROWS.csv,
      mostSheetRows: MOST_ROWS.xlsx,
    };
  }
}

/** A file that is too large is a fault of the form here, not an answer of its own. */
function atFile(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.kind !== 'too_large') return error;
  return new DomainError(error.code, 'rule', error.options);
}

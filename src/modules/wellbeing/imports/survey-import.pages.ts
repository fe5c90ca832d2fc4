import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
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
import { toLanguage, translator } from '../../../web/i18n/translate.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { uploadedFile } from '../../imports/index.js';
import { SurveyQueries } from '../waves/survey.queries.js';
import { PLAIN_COLUMNS } from './import-columns.rules.js';
import { SurveyImportQueries } from './survey-import.queries.js';
import { SurveyImportService } from './survey-import.service.js';
import { invitedIn } from './upload-fields.js';

/** Brings a wave in that was held elsewhere: upload, columns, preview, result. */
@Controller('trivsel/:id/import')
@Roles('secretariat')
export class SurveyImportPages {
  constructor(
    private readonly surveys: SurveyQueries,
    private readonly imports: SurveyImportService,
    private readonly queries: SurveyImportQueries,
  ) {}

  @Get()
  @Page('wellbeing/import')
  show(
    @Param('id', { schema: id }) surveyId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.uploadModel(surveyId, principal, request, blankForm());
  }

  @Post()
  @Upload('table')
  @Page('wellbeing/import')
  async upload(
    @Param('id', { schema: id }) surveyId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const call = idempotentCall(request, formKey(request.body));
      const options = { invited: invitedIn(request) };
      const file = uploadedFile(request);
      const made = await this.imports.upload(surveyId, file, options, principal.personId, call);
      return new SeeOther(`/trivsel/${surveyId}/import/${made.id}`);
    } catch (error) {
      const form = formWithErrors(request.body, atFile(error), requestLanguage(request));
      return new PageReply(await this.uploadModel(surveyId, principal, request, form), 400);
    }
  }

  @Get(':import')
  @Page('wellbeing/import-preview')
  preview(
    @Param('id', { schema: id }) surveyId: number,
    @Param('import', { schema: id }) importId: number,
    @Req() request: AppRequest,
  ) {
    return this.previewModel(surveyId, importId, request, blankForm());
  }

  @Post(':import/kolonner')
  @Page('wellbeing/import-preview')
  async map(
    @Param('id', { schema: id }) surveyId: number,
    @Param('import', { schema: id }) importId: number,
    @Body() body: Record<string, unknown> | undefined,
    @Req() request: AppRequest,
  ) {
    return this.again(surveyId, importId, request, async () => {
      await this.imports.map(surveyId, importId, columnsIn(body ?? {}));
      return `/trivsel/${surveyId}/import/${importId}`;
    });
  }

  @Post(':import/gennemfoer')
  @Page('wellbeing/import-preview')
  async commit(
    @Param('id', { schema: id }) surveyId: number,
    @Param('import', { schema: id }) importId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.again(surveyId, importId, request, async () => {
      await this.imports.commit(surveyId, importId, principal.personId);
      return `/trivsel/${surveyId}?done=survey_imported`;
    });
  }

  private async again(surveyId: number, importId: number, request: AppRequest, work: () => Promise<string>) {
    try {
      return new SeeOther(await work());
    } catch (error) {
      const form = formWithErrors(request.body, error, requestLanguage(request));
      return new PageReply(await this.previewModel(surveyId, importId, request, form), 400);
    }
  }

  private async uploadModel(surveyId: number, principal: Principal, request: AppRequest, form: FormModel) {
    const survey = await this.surveys.find(principal, surveyId);
    const language = toLanguage(requestLanguage(request));
    const questions = await this.surveys.questions(surveyId);
    return {
      survey,
      form,
      key: randomToken(),
      questions: questions.map(({ key, text, scale, kind }) => ({
        key,
        text: text[language],
        scale: kind === 'text' ? null : scale,
      })),
    };
  }

  private async previewModel(surveyId: number, importId: number, request: AppRequest, form: FormModel) {
    const language = toLanguage(requestLanguage(request));
    const t = translator(language);
    const view = await this.queries.find(surveyId, importId, t);
    const questions = await this.surveys.questions(surveyId);
    const choices = [
      ...PLAIN_COLUMNS.map((value) => ({ value: value as string, label: t(`survey.column.${value}`) })),
      ...questions.map(({ key, text }) => ({ value: key, label: text[language] })),
    ];
    const labelOf = new Map(choices.map(({ value, label }) => [value, label]));
    return {
      pageTitle: view.fileName,
      ...view,
      form,
      errors: view.errors.map((fault) => ({ ...fault, field: labelOf.get(fault.field) ?? fault.field })),
      columns: view.columns.map(({ heading, is }, n) => ({
        name: `column-${n}`,
        heading,
        choices: choices.map((choice) => ({ ...choice, isChosen: choice.value === is })),
      })),
    };
  }
}

/** The columns as the form names them, in their order. */
function columnsIn(body: Record<string, unknown>): (string | null)[] {
  const names = Object.keys(body).filter((name) => /^column-\d{1,3}$/.test(name));
  return names
    .sort((a, b) => Number(a.slice(7)) - Number(b.slice(7)))
    .map((name) => (typeof body[name] === 'string' && body[name] !== '' ? body[name] : null));
}

/** A file that is too large is a fault of the form here, not an answer of its own. */
function atFile(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.kind !== 'too_large') return error;
  return new DomainError(error.code, 'rule', error.options);
}

import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import { Upload } from '../../../common/http/upload.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { uploadedFile } from '../../imports/index.js';
import { SurveyImportQueries } from './survey-import.queries.js';
import { SurveyImportService } from './survey-import.service.js';
import { invitedIn, mappingIn } from './upload-fields.js';

const importView = z
  .object({
    id: z.number(),
    surveyId: z.number(),
    fileName: z.string(),
    state: z.enum(['ready', 'committed', 'expired']),
    kind: z.enum(['answers', 'aggregates']).nullable(),
    columns: z.array(z.object({ heading: z.string(), is: z.string().nullable() })),
    total: z.number(),
    valid: z.number(),
    invalid: z.number(),
    errors: z.array(z.object({ row: z.number(), field: z.string(), code: z.string(), message: z.string() })),
    written: z.number().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'SurveyImport' });
const newMapping = z.strictObject({ columns: z.array(z.string().max(40).nullable()).max(200) });
const file = {
  type: 'object' as const,
  properties: {
    file: { type: 'string' as const, format: 'binary' },
    invited: { type: 'integer' as const, description: 'how many were asked' },
    mapping: { type: 'string' as const, description: 'JSON list of what each column is' },
  },
  required: ['file'],
};

/** Brings answers in that were given elsewhere: a row for each respondent, or mean and number for each parameter. */
@ApiTags('surveys')
@Controller('api/v1/surveys/:id/imports')
@Roles('secretariat')
export class SurveyImportsController {
  constructor(
    private readonly imports: SurveyImportService,
    private readonly queries: SurveyImportQueries,
  ) {}

  /**
   * Uploads a table (CSV or XLSX, field `file`) for a draft. Columns are recognised by the keys and words of the questions; `municipality`
   * and `tenure` are counted up apart. A table of `parameter`, `mean`, `n` and perhaps `sd`, `min`, `max` holds aggregates.
   */
  @Post()
  @Upload('table')
  @ApiConsumes('multipart/form-data', 'text/csv')
  @ApiBody({ schema: file })
  @ApiCreatedResponse({ standardSchema: importView })
  async upload(
    @Param('id', { schema: id }) surveyId: number,
    @Req() request: AppRequest,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const options = { invited: invitedIn(request), mapping: mappingIn(request) };
    const made = await this.imports.upload(
      surveyId,
      uploadedFile(request),
      options,
      principal.personId,
      call,
    );
    return this.view(surveyId, made.id, request);
  }

  /** An import with what would become of it; the cells are not shown. */
  @Get(':import')
  @ApiOkResponse({ standardSchema: importView })
  find(
    @Param('id', { schema: id }) surveyId: number,
    @Param('import', { schema: id }) importId: number,
    @Req() request: AppRequest,
  ) {
    return this.view(surveyId, importId, request);
  }

  /** Says what each column is. */
  @Put(':import/mapping')
  @ApiOkResponse({ standardSchema: importView })
  async map(
    @Param('id', { schema: id }) surveyId: number,
    @Param('import', { schema: id }) importId: number,
    @Body({ schema: newMapping }) { columns }: z.output<typeof newMapping>,
    @Req() request: AppRequest,
  ) {
    await this.imports.map(surveyId, importId, columns);
    return this.view(surveyId, importId, request);
  }

  /** Writes the faultless rows, reckons the figures and closes the wave. */
  @Post(':import/commits')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: importView })
  async commit(
    @Param('id', { schema: id }) surveyId: number,
    @Param('import', { schema: id }) importId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    await this.imports.commit(surveyId, importId, principal.personId);
    return this.view(surveyId, importId, request);
  }

  private view(surveyId: number, importId: number, request: AppRequest) {
    return this.queries.find(surveyId, importId, translator(requestLanguage(request)));
  }
}

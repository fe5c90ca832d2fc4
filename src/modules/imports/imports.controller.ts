import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, type Type } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal, Role } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { Upload } from '../../common/http/upload.decorator.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import { pageQuery } from '../../common/pagination.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { ImportRunner } from './import-runner.js';
import { ImportQueries } from './import.queries.js';
import { ImportService } from './import.service.js';
import { uploadedFile, uploadOptions } from './uploaded-file.js';

const ANSWER_WITHIN_MS = 5_000;
const ERRORS_SHOWN = 200;

const rowFault = z.object({ row: z.number(), field: z.string(), code: z.string(), message: z.string() });
const importView = z.object({
  id: z.number(),
  fileName: z.string(),
  state: z.enum(['ready', 'committing', 'committed']),
  total: z.number(),
  valid: z.number(),
  invalid: z.number(),
  done: z.number(),
  failed: z.number(),
  mails: z.number().meta({ description: 'how many mails the faultless rows cause' }),
  ignoredColumns: z.array(z.string()),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  errors: z.array(rowFault).meta({ description: `the first ${ERRORS_SHOWN} faulty rows` }),
});
const rowView = z.object({
  row: z.number(),
  state: z.enum(['valid', 'invalid', 'done', 'failed']),
  resultId: z.number().nullable(),
  cells: z.record(z.string(), z.string()),
  errors: z.array(rowFault),
});
const rowQuery = z.strictObject({ state: rowView.shape.state.optional(), ...pageQuery });
const file = {
  type: 'object' as const,
  properties: { file: { type: 'string' as const, format: 'binary' } },
  required: ['file'],
};

/** What an import is mounted as. */
export interface ImportMount {
  kind: string;
  path: string;
  roles: readonly Role[];
  /** Form fields beside the file. */
  options?: readonly string[];
}

/** The JSON routes of one kind of import: upload gives a preview, a commit writes it. */
// oxlint-disable-next-line max-lines-per-function -- a class inside a function; its methods are short
export function importController({ kind, path, roles, options = [] }: ImportMount): Type {
  @ApiTags('imports')
  @Controller(`api/v1/${path}`)
  @Roles(...roles)
  class ImportsController {
    constructor(
      @Inject(ImportService) private readonly imports: ImportService,
      @Inject(ImportQueries) private readonly queries: ImportQueries,
      @Inject(ImportRunner) private readonly runner: ImportRunner,
    ) {}

    /** Uploads a table (CSV or XLSX, field `file`); the answer tells what is wrong in which row. Nothing is written yet. */
    @Post()
    @Upload('table')
    @ApiConsumes('multipart/form-data', 'text/csv')
    @ApiBody({ schema: file })
    @ApiCreatedResponse({ standardSchema: importView })
    async upload(
      @Req() request: AppRequest,
      @Current() principal: Principal,
      @Idempotent() call: IdempotentCall,
    ) {
      const chosen = uploadOptions(request, options);
      const importId = await this.imports.upload(kind, uploadedFile(request), chosen, principal, call);
      return this.view(importId, principal, request);
    }

    /** An import with its progress. */
    @Get(':id')
    @ApiOkResponse({ standardSchema: importView })
    find(
      @Param('id', { schema: id }) importId: number,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      return this.view(importId, principal, request);
    }

    /** Its rows. */
    @Get(':id/rows')
    @ApiOkResponse({
      standardSchema: z.object({ items: z.array(rowView), nextCursor: z.string().nullable() }),
    })
    async rows(
      @Param('id', { schema: id }) importId: number,
      @Query({ schema: rowQuery }) filter: z.output<typeof rowQuery>,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      await this.queries.find(kind, importId, principal);
      return this.queries.rows(importId, filter, translator(requestLanguage(request)));
    }

    /** Writes the faultless rows. A long table is still being written when the answer comes: `state` tells. */
    @Post(':id/commits')
    @HttpCode(200)
    @ApiOkResponse({ standardSchema: importView })
    async commit(
      @Param('id', { schema: id }) importId: number,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      await this.queries.find(kind, importId, principal);
      await this.imports.commit(importId, principal);
      await Promise.race([this.runner.runAll(), wait(ANSWER_WITHIN_MS, undefined, { ref: false })]);
      return this.view(importId, principal, request);
    }

    private async view(importId: number, principal: Principal, request: AppRequest) {
      const t = translator(requestLanguage(request));
      const view = await this.queries.find(kind, importId, principal);
      const faulty = await this.queries.rows(importId, { state: 'faulty', limit: ERRORS_SHOWN }, t);
      return { ...view, errors: faulty.items.flatMap((row) => row.errors) };
    }
  }
  return ImportsController;
}

import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, type Type } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal, Role } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { Upload } from '../../common/http/upload.decorator.js';
import { Idempotent } from '../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../database/idempotency.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { FaultyRows } from './faulty-rows.js';
import { ImportRunner } from './import-runner.js';
import { ImportQueries } from './import.queries.js';
import { ImportService } from './import.service.js';
import { importRowQuery, importRowView, importView } from './imports.schemas.js';
import { uploadedFile, uploadOptions } from './uploaded-file.js';

const ANSWER_WITHIN_MS = 5_000;
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
      @Inject(FaultyRows) private readonly faulty: FaultyRows,
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
      standardSchema: z.object({ items: z.array(importRowView), nextCursor: z.string().nullable() }),
    })
    async rows(
      @Param('id', { schema: id }) importId: number,
      @Query({ schema: importRowQuery }) filter: z.output<typeof importRowQuery>,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      await this.queries.find(kind, importId, principal);
      return this.queries.rows(importId, filter, translator(requestLanguage(request)));
    }

    /** Its faulty rows as a file to be mended: the cells as they came, and a column that says what is wrong. */
    @Get(':id/faulty.csv')
    @ApiProduces('text/csv')
    async faultyRows(
      @Param('id', { schema: id }) importId: number,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      const job = await this.queries.find(kind, importId, principal);
      return this.faulty.download(job, requestLanguage(request));
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

    private view(importId: number, principal: Principal, request: AppRequest) {
      return this.queries.withErrors(kind, importId, principal, translator(requestLanguage(request)));
    }
  }
  return ImportsController;
}

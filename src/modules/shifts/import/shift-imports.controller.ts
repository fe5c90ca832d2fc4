import { setTimeout as wait } from 'node:timers/promises';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
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
import { PlanUpload } from './plan-upload.js';
import { ShiftImportChanges } from './shift-import-changes.js';
import { ShiftImportRunner } from './shift-import-runner.js';
import { ShiftImportQueries } from './shift-import.queries.js';
import { ShiftImportService } from './shift-import.service.js';
import {
  importChangeQuery,
  importChangeView,
  importRowQuery,
  importRowView,
  shiftImportView,
  shiftMapping,
} from './shift-imports.schemas.js';

const ANSWER_WITHIN_MS = 5_000;
const ERRORS_SHOWN = 200;
const file = {
  type: 'object' as const,
  properties: {
    covers: { type: 'string' as const, enum: ['agents', 'municipalities'] },
    file: { type: 'string' as const, format: 'binary' },
  },
  required: ['file'],
};

/** Imports of the shift plan: an upload gives a preview, a commit writes it. */
@ApiTags('shifts')
@Controller('api/v1/shift-imports')
@Roles('secretariat')
export class ShiftImportsController {
  constructor(
    private readonly uploads: PlanUpload,
    private readonly imports: ShiftImportService,
    private readonly queries: ShiftImportQueries,
    private readonly changes: ShiftImportChanges,
    private readonly runner: ShiftImportRunner,
  ) {}

  /** Uploads a plan (CSV, XLSX or iCalendar, field `file`); nothing is written yet. A large one is still being read when the answer comes. */
  @Post()
  @Upload('package')
  @ApiConsumes('multipart/form-data', 'text/csv', 'text/calendar')
  @ApiBody({ schema: file })
  @ApiCreatedResponse({ standardSchema: shiftImportView })
  async upload(
    @Req() request: AppRequest,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const importId = await this.uploads.take(request, principal, call);
    return this.afterWork(importId, request);
  }

  /** An import with its progress. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: shiftImportView })
  find(@Param('id', { schema: id }) importId: number, @Req() request: AppRequest) {
    return this.view(importId, request);
  }

  /** Its rows that need to be looked at. */
  @Get(':id/rows')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(importRowView), nextCursor: z.string().nullable() }),
  })
  async rows(
    @Param('id', { schema: id }) importId: number,
    @Query({ schema: importRowQuery }) filter: z.output<typeof importRowQuery>,
    @Req() request: AppRequest,
  ) {
    await this.queries.find(importId);
    return this.queries.rows(importId, filter, translator(requestLanguage(request)));
  }

  /** What it changes, agent by agent. */
  @Get(':id/changes')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(importChangeView), nextCursor: z.string().nullable() }),
  })
  async list(
    @Param('id', { schema: id }) importId: number,
    @Query({ schema: importChangeQuery }) filter: z.output<typeof importChangeQuery>,
  ) {
    await this.queries.find(importId);
    return this.changes.list(importId, filter);
  }

  /** Says what the columns mean, which is remembered for the same headings; the file is read anew. */
  @Put(':id/mapping')
  @ApiOkResponse({ standardSchema: shiftImportView })
  async map(
    @Param('id', { schema: id }) importId: number,
    @Body({ schema: shiftMapping }) { columns, covers }: z.output<typeof shiftMapping>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    await this.imports.map(importId, columns, covers, principal.personId);
    return this.afterWork(importId, request);
  }

  /** Writes the differences. A large plan is still being written when the answer comes: `state` tells. */
  @Post(':id/commits')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: shiftImportView })
  async commit(
    @Param('id', { schema: id }) importId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    await this.imports.commit(importId, principal.personId);
    return this.afterWork(importId, request);
  }

  private async afterWork(importId: number, request: AppRequest) {
    await Promise.race([this.runner.runAll(), wait(ANSWER_WITHIN_MS, undefined, { ref: false })]);
    return this.view(importId, request);
  }

  private async view(importId: number, request: AppRequest) {
    const t = translator(requestLanguage(request));
    const { refusal, ...view } = await this.queries.find(importId);
    const faulty = await this.queries.rows(importId, { state: 'faulty', limit: ERRORS_SHOWN }, t);
    return {
      ...view,
      refusal: refusal && { code: refusal, message: t(`problem.${refusal}`) },
      unknownAgents: await this.queries.unknownAgents(importId),
      errors: faulty.items.flatMap((row) => row.errors),
    };
  }
}

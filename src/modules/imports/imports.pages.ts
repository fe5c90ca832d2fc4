import { Controller, Get, Header, Inject, Param, Post, Query, Req, type Type } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { Upload } from '../../common/http/upload.decorator.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { randomToken } from '../../common/crypto.js';
import { blankForm, formKey, formWithErrors, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { FaultyRows } from './faulty-rows.js';
import { ImportKinds } from './import-kinds.js';
import { ImportRunner } from './import-runner.js';
import { ImportQueries } from './import.queries.js';
import { ImportService } from './import.service.js';
import type { ImportMount } from './imports.controller.js';
import { uploadedFile, uploadOptions } from './uploaded-file.js';

const ROWS = 50;
const REFRESH_SECONDS = 5;
const query = z.object({
  vis: z.enum(['alle', 'fejl']).default('fejl').catch('fejl'),
  /** Whether the page of a running import comes again by itself where there is no script. */
  opdater: z.enum(['ja', 'nej']).default('ja').catch('ja'),
  cursor: z.string().max(500).optional(),
});

/** The pages of one kind of import: upload, preview, progress. */
// oxlint-disable-next-line max-lines-per-function -- a class inside a function; its methods are short
export function importPages({ kind, path, roles, options = [] }: ImportMount): Type {
  @Controller(path)
  @Roles(...roles)
  class ImportPages {
    constructor(
      @Inject(ImportService) private readonly imports: ImportService,
      @Inject(ImportQueries) private readonly queries: ImportQueries,
      @Inject(ImportRunner) private readonly runner: ImportRunner,
      @Inject(ImportKinds) private readonly kinds: ImportKinds,
      @Inject(FaultyRows) private readonly faulty: FaultyRows,
    ) {}

    @Get()
    @Page('imports/upload')
    async show(@Current() principal: Principal, @Req() request: AppRequest) {
      return this.uploadModel(principal, blankForm(), requestLanguage(request));
    }

    @Post()
    @Upload('table')
    @Page('imports/upload')
    async upload(@Req() request: AppRequest, @Current() principal: Principal) {
      try {
        const call = idempotentCall(request, formKey(request.body));
        const chosen = uploadOptions(request, options);
        const importId = await this.imports.upload(kind, uploadedFile(request), chosen, principal, call);
        return new SeeOther(`/${path}/${importId}`);
      } catch (error) {
        const language = requestLanguage(request);
        const form = formWithErrors(request.body, error, language);
        return new PageReply(await this.uploadModel(principal, form, language), 400);
      }
    }

    @Get(':id')
    @Page('imports/preview')
    async preview(
      @Param('id', { schema: id }) importId: number,
      @Query({ schema: query }) { vis, opdater, cursor }: z.output<typeof query>,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      const job = await this.queries.find(kind, importId, principal);
      if (job.state === 'mapping') return new SeeOther(`/${path}/${importId}/kolonner`);
      const language = requestLanguage(request);
      const t = translator(language);
      const state = vis === 'fejl' ? 'faulty' : undefined;
      const rows = await this.queries.rows(importId, { state, cursor, limit: ROWS }, t);
      const columns = this.headings(language);
      const shown = columns.filter(({ name }) => rows.items.some((row) => row.cells[name]));
      const headingOf = new Map(columns.map(({ name, heading }) => [name, heading]));
      const isRunning = job.state === 'committing';
      return {
        ...this.common(),
        pageTitle: isRunning
          ? t('import.running', { done: job.done, total: job.valid })
          : `${job.fileName}: ${t(`import.state.${job.state}`)}`,
        job,
        isRunning,
        refresh: isRunning && opdater === 'ja' ? REFRESH_SECONDS : null,
        showsAll: vis === 'alle',
        asksColumns: this.asksColumns(),
        hasNotes: rows.items.some(({ note }) => note),
        columns: shown.map(({ heading }) => heading),
        rows: rows.items.map((row) => ({
          ...row,
          errors: row.errors.map((fault) => ({ ...fault, field: headingOf.get(fault.field) ?? fault.field })),
          values: shown.map(({ name }) => row.cells[name] ?? ''),
        })),
        firstQuery: cursor && queryString({ vis }),
        nextQuery: rows.nextCursor && queryString({ vis, cursor: rows.nextCursor }),
      };
    }

    @Get(':id/fejl.csv')
    @ApiExcludeEndpoint()
    @Header('cache-control', 'no-store')
    async faultyRows(
      @Param('id', { schema: id }) importId: number,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      const job = await this.queries.find(kind, importId, principal);
      return this.faulty.download(job, requestLanguage(request));
    }

    @Post(':id/gennemfoer')
    @Page('imports/preview')
    async commit(@Param('id', { schema: id }) importId: number, @Current() principal: Principal) {
      await this.queries.find(kind, importId, principal);
      await this.imports.commit(importId, principal);
      void this.runner.runAll();
      return new SeeOther(`/${path}/${importId}`);
    }

    private async uploadModel(principal: Principal, form: FormModel, language: string) {
      return {
        ...this.common(),
        pageTitle: translator(language)(`import.${kind}.title`),
        form,
        key: randomToken(),
        columns: this.headings(language),
        asksColumns: this.asksColumns(),
        latest: await this.queries.latest(kind, principal),
      };
    }

    private common() {
      return { kind, path, backPath: `/${path.slice(0, path.lastIndexOf('/'))}` };
    }

    private asksColumns(): boolean {
      return this.kinds.get(kind).mappingFaults !== undefined;
    }

    /** The columns under the heading that the reader would write, and the others that mean the same. */
    private headings(language: string) {
      return this.kinds.get(kind).columns.map(({ name, required, aliases }) => {
        const heading = language === 'da' ? (aliases[0] ?? name) : name;
        return { name, required, heading, others: [...aliases, name].filter((other) => other !== heading) };
      });
    }
  }
  return ImportPages;
}

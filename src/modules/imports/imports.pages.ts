import { Controller, Get, Inject, Param, Post, Query, Req, type Type } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { idempotentCall } from '../../common/http/idempotent.decorator.js';
import { randomToken } from '../../common/crypto.js';
import { blankForm, formKey, formWithErrors, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { ImportKinds } from './import-kinds.js';
import { ImportRunner } from './import-runner.js';
import { ImportQueries } from './import.queries.js';
import { ImportService } from './import.service.js';
import type { ImportMount } from './imports.controller.js';
import { uploadedFile, uploadOptions } from './uploaded-file.js';

const ROWS = 50;
const query = z.object({
  vis: z.enum(['alle', 'fejl']).default('fejl').catch('fejl'),
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
    ) {}

    @Get()
    @Page('imports/upload')
    async show(@Current() principal: Principal) {
      return this.uploadModel(principal, blankForm());
    }

    @Post()
    @Page('imports/upload')
    async upload(@Req() request: AppRequest, @Current() principal: Principal) {
      try {
        const call = idempotentCall(request, formKey(request.body));
        const chosen = uploadOptions(request, options);
        const importId = await this.imports.upload(kind, uploadedFile(request), chosen, principal, call);
        return new SeeOther(`/${path}/${importId}`);
      } catch (error) {
        const form = formWithErrors(request.body, error, requestLanguage(request));
        return new PageReply(await this.uploadModel(principal, form), 400);
      }
    }

    @Get(':id')
    @Page('imports/preview')
    async preview(
      @Param('id', { schema: id }) importId: number,
      @Query({ schema: query }) { vis, cursor }: z.output<typeof query>,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      const job = await this.queries.find(kind, importId, principal);
      const t = translator(requestLanguage(request));
      const state = vis === 'fejl' ? 'faulty' : undefined;
      const rows = await this.queries.rows(importId, { state, cursor, limit: ROWS }, t);
      const columns = this.kinds.get(kind).columns.map(({ name }) => name);
      const shown = columns.filter((name) => rows.items.some((row) => row.cells[name]));
      return {
        ...this.common(t),
        job,
        isRunning: job.state === 'committing',
        refresh: job.state === 'committing' ? 2 : null,
        showsAll: vis === 'alle',
        columns: shown,
        rows: rows.items.map((row) => ({ ...row, values: shown.map((name) => row.cells[name] ?? '') })),
        firstQuery: cursor && queryString({ vis }),
        nextQuery: rows.nextCursor && queryString({ vis, cursor: rows.nextCursor }),
      };
    }

    @Post(':id/gennemfoer')
    @Page('imports/preview')
    async commit(@Param('id', { schema: id }) importId: number, @Current() principal: Principal) {
      await this.queries.find(kind, importId, principal);
      await this.imports.commit(importId, principal);
      void this.runner.runAll();
      return new SeeOther(`/${path}/${importId}`);
    }

    private async uploadModel(principal: Principal, form: FormModel) {
      return {
        ...this.common(),
        form,
        key: randomToken(),
        columns: this.kinds.get(kind).columns,
        latest: await this.queries.latest(kind, principal),
      };
    }

    private common(t = translator('da')) {
      return {
        kind,
        path,
        backPath: `/${path.slice(0, path.lastIndexOf('/'))}`,
        title: t(`import.${kind}.title`),
      };
    }
  }
  return ImportPages;
}

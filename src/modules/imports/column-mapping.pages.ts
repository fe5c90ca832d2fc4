import { Body, Controller, Get, Inject, Param, Post, Req, type Type } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { ImportKinds } from './import-kinds.js';
import { ImportRechecks } from './import-rechecks.js';
import { ImportQueries, type ImportView } from './import.queries.js';
import type { ImportMount } from './imports.controller.js';

const position = z.coerce.number().int().min(0).max(199).optional();

/** The pages that a kind of import has beside those of `importPages` when it asks what the columns mean. */
// oxlint-disable-next-line max-lines-per-function -- a class inside a function; its methods are short
export function columnMappingPages({ kind, path, roles, options = [] }: ImportMount): Type {
  @Controller(path)
  @Roles(...roles)
  class ColumnMappingPages {
    constructor(
      @Inject(ImportRechecks) private readonly rechecks: ImportRechecks,
      @Inject(ImportQueries) private readonly queries: ImportQueries,
      @Inject(ImportKinds) private readonly kinds: ImportKinds,
    ) {}

    @Get(':id/kolonner')
    @Page('imports/columns')
    async show(
      @Param('id', { schema: id }) importId: number,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      const job = await this.queries.find(kind, importId, principal);
      if (!job.header || !['mapping', 'ready'].includes(job.state))
        return new SeeOther(`/${path}/${importId}`);
      const known = Object.entries(job.header.mapping).map(([name, at]): [string, string] => [
        name,
        String(at),
      ]);
      return this.model(job, blankForm(Object.fromEntries(known)), requestLanguage(request));
    }

    @Post(':id/kolonner')
    @Page('imports/columns')
    async map(
      @Param('id', { schema: id }) importId: number,
      @Body() body: unknown,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      const job = await this.queries.find(kind, importId, principal);
      try {
        const { mapping, chosen } = this.read(body);
        await this.rechecks.map(importId, mapping, chosen, principal);
        return new SeeOther(`/${path}/${importId}`);
      } catch (error) {
        const language = requestLanguage(request);
        return new PageReply(this.model(job, formWithErrors(body, error, language), language), 400);
      }
    }

    @Post(':id/kontroller')
    @Page('imports/preview')
    async check(@Param('id', { schema: id }) importId: number, @Current() principal: Principal) {
      await this.queries.find(kind, importId, principal);
      await this.rechecks.recheck(importId, principal);
      return new SeeOther(`/${path}/${importId}`);
    }

    private read(body: unknown) {
      const names = this.kinds.get(kind).columns.map(({ name }) => name);
      const columns = parseForm(z.object(Object.fromEntries(names.map((name) => [name, position]))), body);
      const asked = options.filter((name) => !names.includes(name));
      const chosen = parseForm(
        z.object(Object.fromEntries(asked.map((name) => [name, z.string().max(100).optional()]))),
        body,
      );
      return { mapping: filled(columns), chosen: filled(chosen) };
    }

    private model(job: ImportView, form: FormModel, language: string) {
      if (!job.header) throw new DomainError('not_found', 'not_found');
      const t = translator(language);
      const { headings, examples } = job.header;
      const choices = headings.map((heading, at) => ({
        value: String(at),
        label: heading || t('import.columnNumber', { number: at + 1 }),
      }));
      const columns = this.kinds.get(kind).columns.map(({ name, required }) => ({ name, required, choices }));
      return {
        kind,
        path,
        job,
        form,
        headings,
        examples,
        columns,
        pageTitle: `${job.fileName}: ${t('import.whichColumns')}`,
      };
    }
  }
  return ColumnMappingPages;
}

function filled<T>(values: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
    string,
    T
  >;
}

import { Body, Controller, HttpCode, Inject, Param, Post, Put, Req, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { ImportRechecks } from './import-rechecks.js';
import { ImportQueries } from './import.queries.js';
import type { ImportMount } from './imports.controller.js';
import { columnMapping, importView } from './imports.schemas.js';

/** The JSON routes that a kind of import has beside those of `importController` when it asks what the columns mean. */
// oxlint-disable-next-line max-lines-per-function -- a class inside a function; its methods are short
export function columnMappingController({ kind, path, roles, options = [] }: ImportMount): Type {
  @ApiTags('imports')
  @Controller(`api/v1/${path}`)
  @Roles(...roles)
  class ColumnMappingController {
    constructor(
      @Inject(ImportRechecks) private readonly rechecks: ImportRechecks,
      @Inject(ImportQueries) private readonly queries: ImportQueries,
    ) {}

    /** Says what the columns mean, which is remembered for the same headings; the rows are checked with it. */
    @Put(':id/mapping')
    @ApiOkResponse({ standardSchema: importView })
    async map(
      @Param('id', { schema: id }) importId: number,
      @Body({ schema: columnMapping }) mapping: z.output<typeof columnMapping>,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      await this.queries.find(kind, importId, principal);
      const unknown = Object.keys(mapping.options).filter((name) => !options.includes(name));
      if (unknown.length > 0)
        throw new DomainError('invalid_input', 'malformed', {
          faults: unknown.map((name) => ({ field: `options.${name}`, code: 'unknown_field' })),
        });
      await this.rechecks.map(importId, mapping.columns, mapping.options, principal);
      return this.view(importId, principal, request);
    }

    /** Checks the rows anew, because what they are checked against has changed. */
    @Post(':id/checks')
    @HttpCode(200)
    @ApiOkResponse({ standardSchema: importView })
    async check(
      @Param('id', { schema: id }) importId: number,
      @Current() principal: Principal,
      @Req() request: AppRequest,
    ) {
      await this.queries.find(kind, importId, principal);
      await this.rechecks.recheck(importId, principal);
      return this.view(importId, principal, request);
    }

    private view(importId: number, principal: Principal, request: AppRequest) {
      return this.queries.withErrors(kind, importId, principal, translator(requestLanguage(request)));
    }
  }
  return ColumnMappingController;
}

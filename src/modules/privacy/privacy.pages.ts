import { Controller, Get, Header, Inject, Param, Post, Req } from '@nestjs/common';
import { Public, Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { ENV, type Env } from '../../config/env.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { hasMessage, translator, type Translator } from '../../web/i18n/translate.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { DataExport, type PersonExport } from './data-export.js';
import { ErasureService } from './erasure.service.js';
import { Retention } from './retention.js';

/** What is kept about whom, why, who sees it and for how long; and each person's own data. */
@Controller('privatliv')
export class PrivacyPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly exports: DataExport,
    private readonly erasures: ErasureService,
    private readonly retention: Retention,
  ) {}

  @Get()
  @Public()
  @Page('privacy/notice')
  notice(@Req() request: AppRequest) {
    const canExport = request.principal !== undefined && request.principal.strength === 'full';
    return {
      rules: this.retention.rules().map(({ key, months }) => ({ key, months })),
      backupMonths: 1,
      canExport,
      phone: this.env.SUPPORT_PHONE,
    };
  }

  @Get('mine-oplysninger')
  @Roles('secretariat', 'leader', 'agent')
  @Page('privacy/person')
  async own(@Current() principal: Principal, @Req() request: AppRequest) {
    return this.model(await this.exports.of(principal.personId, principal), principal, request);
  }

  @Get('person/:id')
  @Roles('secretariat')
  @Page('privacy/person')
  @Header('cache-control', 'no-store')
  async person(
    @Param('id', { schema: id }) personId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.model(await this.exports.of(personId, principal), principal, request);
  }

  @Post('person/:id/slet')
  @Roles('secretariat')
  @Page('privacy/person')
  async erase(@Param('id', { schema: id }) personId: number, @Current() principal: Principal) {
    await this.erasures.erase(personId, principal.personId);
    return new SeeOther('/?done=person_erased');
  }

  private model(data: PersonExport, principal: Principal, request: AppRequest) {
    const t = translator(requestLanguage(request));
    return {
      personId: data.personId,
      exportedAt: data.exportedAt,
      isOwn: data.personId === principal.personId,
      tables: Object.entries(data.tables).map(([table, rows]) => ({
        table,
        title: t(`personal.${table}`),
        count: rows.length,
        rows: rows.map((row) => cellsOf(row, t)),
      })),
    };
  }
}

function cellsOf(
  row: Record<string, string | number | null>,
  t: Translator,
): { label: string; value: string }[] {
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => {
      const key = `personal.column.${name}`;
      return { label: hasMessage(key) ? t(key) : name, value: String(value) };
    });
}

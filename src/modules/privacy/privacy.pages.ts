import { Controller, Get, Header, Inject, Param, Post, Req } from '@nestjs/common';
import { Public, Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { isLocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { toInstant } from '../../database/sql.js';
import { formatDate, formatInstant, withoutLinks } from '../../web/format.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { hasMessage, translator, type Translator } from '../../web/i18n/translate.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { DataExport, type PersonExport } from './data-export.js';
import { ErasureService } from './erasure.service.js';
import { PersonalData } from './personal-data.js';
import { Retention } from './retention.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?Z?$/;

/** What is kept about whom, why, who sees it and for how long; and each person's own data. */
@Controller('privatliv')
export class PrivacyPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly exports: DataExport,
    private readonly erasures: ErasureService,
    private readonly retention: Retention,
    private readonly personalData: PersonalData,
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
    const language = requestLanguage(request);
    const reader = {
      language,
      zone: this.env.TZ_NAME,
      t: translator(language),
      words: new Map(
        this.personalData.holdings().flatMap(({ table, words }) => (words ? [[table, words]] : [])),
      ),
    };
    return {
      personId: data.personId,
      exportedAt: data.exportedAt,
      isOwn: data.personId === principal.personId,
      pageTitle: reader.t(data.personId === principal.personId ? 'privacy.mineTitle' : 'privacy.person'),
      isIncomplete: data.incomplete.length > 0,
      tables: inReadingOrder(Object.entries(data.tables)).map(([table, rows]) => ({
        title: reader.t(`personal.${table}`),
        count: rows.length,
        several: rows.length > 1,
        rows: rows.map((row) => cellsOf(table, row, reader)),
      })),
    };
  }
}

interface Reader {
  language: string;
  zone: string;
  t: Translator;
  /** Where the words for the values of a table's columns stand. */
  words: ReadonlyMap<string, Record<string, string>>;
}
type Cell = string | number | null;

/** Who somebody is comes first, the long trail last; the rest as it was registered. */
function inReadingOrder<T>(tables: [string, T][]): [string, T][] {
  const first = ['person', 'agent', 'employment', 'enrolment', 'mail'];
  const place = ([table]: [string, T]) =>
    table === 'audit_entry'
      ? first.length + 1
      : (first.indexOf(table) + first.length + 1) % (first.length + 1);
  return tables.toSorted((a, b) => place(a) - place(b));
}

function cellsOf(
  table: string,
  row: Record<string, Cell>,
  reader: Reader,
): { label: string; value: string }[] {
  return Object.entries(row)
    .filter(([, value]) => value !== null && String(value).trim() !== '')
    .map(([name, value]) => {
      const key = `personal.column.${name}`;
      return {
        label: hasMessage(key) ? reader.t(key) : name,
        value: shown(table, name, String(value), reader),
      };
    });
}

/** A value as the reader would write it: days and times, and the words that the pages have for states and roles. */
function shown(table: string, name: string, value: string, { language, zone, t, words }: Reader): string {
  if (INSTANT.test(value)) return formatInstant(toInstant(value), language, zone);
  if (isLocalDate(value)) return formatDate(value);
  const word = [`${words.get(table)?.[name]}.${value}`, `${table}.${name}.${value}`, `${name}.${value}`].find(
    hasMessage,
  );
  return word ? t(word) : withoutLinks(value, t('mails.hiddenLink'));
}

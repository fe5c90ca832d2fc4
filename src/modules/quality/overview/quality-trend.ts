import { Injectable } from '@nestjs/common';
import { addMonths, monthsFrom, type Month } from '../month.rules.js';
import { shownMunicipalities } from './disclosure.rules.js';
import { QualityTotals, type MonthTotals, type MunicipalityTotals } from './quality-totals.queries.js';
import { rated, type RatedCalls } from './rate.rules.js';

/** So many months are shown of all agents together. */
export const TREND_MONTHS = 18;

/** All calls of a month with their rates. */
export interface RatedMonth extends RatedCalls {
  month: Month;
  agents: number;
}

/** A municipality in a month. */
export interface RatedMunicipality extends RatedMonth {
  municipalityCode: string;
  municipality: string;
}

/** Reads how it has gone for all agents and for municipalities, as far as somebody may see. */
@Injectable()
export class QualityTrend {
  constructor(private readonly totals: QualityTotals) {}

  /** The months that have been imported, the latest first. */
  months(): Promise<Month[]> {
    return this.totals.months();
  }

  /** All agents, by month, up to one; months without figures are left out. */
  async ofAll(last: Month): Promise<RatedMonth[]> {
    return (await this.totals.ofAll(firstOf(last), last)).map(withRates);
  }

  /**
   * The municipalities in a month, by name, and how many are left out.
   * @param own the viewer's municipalities; null for whoever sees all
   */
  async municipalities(
    month: Month,
    own: readonly string[] | null,
  ): Promise<{ shown: RatedMunicipality[]; leftOut: number }> {
    const all = await this.totals.byMunicipality(month, month);
    const shown = shownOf(all, own);
    return { shown: shown.map(withRates), leftOut: all.length - shown.length };
  }

  /** One municipality, by month, up to one; months that may not be shown are left out. */
  async ofMunicipality(
    code: string,
    last: Month,
    own: readonly string[] | null,
  ): Promise<RatedMunicipality[]> {
    const seesIt = own === null || own.includes(code);
    const all = await this.totals.byMunicipality(firstOf(last), last, seesIt ? code : undefined);
    const shown = seesIt ? all : monthsOf(all).flatMap((some) => shownOf(some, own));
    return shown.filter(({ municipalityCode }) => municipalityCode === code).map(withRates);
  }
}

/** The months of a trend that ends with one, from the first with anything to show on. */
export function trendMonths(rows: readonly { month: Month }[], last: Month): Month[] {
  const first = rows[0]?.month ?? last;
  return monthsFrom(first < firstOf(last) ? firstOf(last) : first, last);
}

function firstOf(last: Month): Month {
  return addMonths(last, 1 - TREND_MONTHS);
}

function shownOf(rows: readonly MunicipalityTotals[], own: readonly string[] | null): MunicipalityTotals[] {
  const codes = shownMunicipalities(rows, own);
  return rows.filter(({ municipalityCode }) => codes.has(municipalityCode));
}

function monthsOf(rows: readonly MunicipalityTotals[]): MunicipalityTotals[][] {
  const byMonth = new Map<Month, MunicipalityTotals[]>();
  for (const row of rows) byMonth.set(row.month, [...(byMonth.get(row.month) ?? []), row]);
  return [...byMonth.values()];
}

function withRates<T extends MonthTotals>(row: T): T & RatedCalls {
  return { ...row, ...rated(row) };
}

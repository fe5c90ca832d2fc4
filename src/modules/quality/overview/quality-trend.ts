import { Injectable } from '@nestjs/common';
import { addMonths, monthsFrom, type Month } from '../month.rules.js';
import { shownTotals } from './disclosure.rules.js';
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

/** All agents by month, as far as somebody may see. */
export interface TrendOfAll {
  shown: RatedMonth[];
  /** Months whose total would tell of a handful of agents. */
  hidden: Month[];
}

/** Reads how it has gone for all agents and for municipalities, as far as somebody may see. */
@Injectable()
export class QualityTrend {
  constructor(private readonly totals: QualityTotals) {}

  /** The months that have been imported, the latest first. */
  months(): Promise<Month[]> {
    return this.totals.months();
  }

  /**
   * All agents, by month, up to one; months without figures are left out.
   * @param own the viewer's municipalities; null for whoever sees all
   */
  async ofAll(last: Month, own: readonly string[] | null): Promise<TrendOfAll> {
    const all = await this.totals.ofAll(firstOf(last), last);
    const municipalities = own === null ? [] : await this.totals.byMunicipality(firstOf(last), last);
    const isShown = ({ month, agents }: MonthTotals) =>
      shownTotals(of(month, municipalities), agents, own).isTotalShown;
    return {
      shown: all.filter(isShown).map(withRates),
      hidden: all.filter((row) => !isShown(row)).map(({ month }) => month),
    };
  }

  /**
   * The municipalities in a month, by name, and how many are left out.
   * @param own the viewer's municipalities; null for whoever sees all
   */
  async municipalities(
    month: Month,
    own: readonly string[] | null,
  ): Promise<{ shown: RatedMunicipality[]; leftOut: number }> {
    const all = await this.totals.ofAll(month, month);
    const municipalities = await this.totals.byMunicipality(month, month);
    const shown = shownOf(municipalities, all, own);
    return { shown: shown.map(withRates), leftOut: municipalities.length - shown.length };
  }

  /** One municipality, by month, up to one; months that may not be shown are left out. */
  async ofMunicipality(
    code: string,
    last: Month,
    own: readonly string[] | null,
  ): Promise<RatedMunicipality[]> {
    const seesIt = own === null || own.includes(code);
    const rows = await this.totals.byMunicipality(firstOf(last), last, seesIt ? code : undefined);
    const shown = seesIt ? rows : shownOf(rows, await this.totals.ofAll(firstOf(last), last), own);
    return shown.filter(({ municipalityCode }) => municipalityCode === code).map(withRates);
  }
}

/** The months of a trend that ends with one, from the first with anything to show on. */
export function trendMonths(known: readonly Month[], last: Month): Month[] {
  const [first = last] = known.toSorted();
  return monthsFrom(first < firstOf(last) ? firstOf(last) : first, last);
}

function firstOf(last: Month): Month {
  return addMonths(last, 1 - TREND_MONTHS);
}

/** Those of all municipalities in some months that may be shown. */
function shownOf(
  rows: readonly MunicipalityTotals[],
  all: readonly MonthTotals[],
  own: readonly string[] | null,
): MunicipalityTotals[] {
  return all.flatMap(({ month, agents }) => {
    const some = of(month, rows);
    const { codes } = shownTotals(some, agents, own);
    return some.filter(({ municipalityCode }) => codes.has(municipalityCode));
  });
}

function of<Row extends MonthTotals>(month: Month, rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.month === month);
}

function withRates<T extends MonthTotals>(row: T): T & RatedCalls {
  return { ...row, ...rated(row) };
}

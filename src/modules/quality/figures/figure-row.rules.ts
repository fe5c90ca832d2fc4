import type { FieldFault } from '../../../common/domain-error.js';
import type { ImportOptions, NamedCells } from '../../imports/index.js';
import type { Month } from '../month.rules.js';
import type { AgentNaming } from './agent-naming.rules.js';
import { parseCount, parseDuration, parseMonth, parseShare } from './figure-cells.rules.js';
import { AGENT_COLUMNS } from './figure-columns.rules.js';

/** Nobody answers a call a minute through a whole month; more is a misread number. */
export const MOST_CALLS = 9_999;
/** A day; longer is a misread length. */
export const LONGEST_HANDLING = 86_400;

/** A figure as a row says it. */
export interface FigureRow {
  naming: AgentNaming;
  month: Month;
  answered: number;
  resolved: number;
  /** Undefined when the file does not tell: what is known stays. */
  warmTransferred: number | undefined;
  handlingSeconds: number | undefined;
  /** Whether `resolved` was reckoned from a share. */
  isFromShare: boolean;
}

/**
 * Understands a row. A share gives the calls resolved at once as a rounded whole number, and only together with the calls answered.
 * @returns the figure, or what is wrong with the cells
 */
export function readFigureRow(cells: NamedCells, options: ImportOptions): FigureRow | FieldFault[] {
  const faults: FieldFault[] = [];
  const number = (field: string, parse: (text: string) => number | undefined, most = MOST_CALLS) =>
    numberIn(cells[field], field, parse, most, faults);
  const month = monthIn(cells['month'] || options['forMonth'], faults);
  const answered = number('answered', parseCount);
  const resolved = number('resolved', parseCount);
  const figure = {
    naming: namingOf(cells),
    warmTransferred: number('warmTransferred', parseCount),
    handlingSeconds: number('handling', parseDuration, LONGEST_HANDLING),
  };
  if (!AGENT_COLUMNS.some((column) => cells[column])) faults.push({ field: 'agent', code: 'required' });
  if (!cells['answered']) faults.push({ field: 'answered', code: 'figures_count_needed' });
  const counted = resolved ?? resolvedOfShare(cells, options, answered, faults);
  if (faults.length > 0 || month === undefined || answered === undefined || counted === undefined)
    return faults;
  const row = { ...figure, month, answered, resolved: counted, isFromShare: resolved === undefined };
  const impossible = countFaults(row);
  return impossible.length > 0 ? impossible : row;
}

/** What cannot be true of a figure, whoever says it. */
export function countFaults(figure: {
  answered: number;
  resolved: number;
  warmTransferred?: number | null | undefined;
}): FieldFault[] {
  const faults: FieldFault[] = [];
  const { answered } = figure;
  if (figure.resolved > answered)
    faults.push({ field: 'resolved', code: 'figures_above_answered', args: { answered } });
  if ((figure.warmTransferred ?? 0) > answered)
    faults.push({ field: 'warmTransferred', code: 'figures_above_answered', args: { answered } });
  return faults;
}

/** A total, or a row about nobody: what stands below the rows of an export. */
export function isTotal(cells: NamedCells): boolean {
  const named = AGENT_COLUMNS.map((column) => cells[column] ?? '').filter((text) => text !== '');
  if (named.length === 0) return true;
  return named.some((text) =>
    /^(i alt|total|totalt|grand total|sum|hovedtotal|samlet|resultat)(?=$|[\s:(])/i.test(text),
  );
}

/** The texts by which a row names its agent. */
export function namingOf(cells: NamedCells): AgentNaming {
  const { phoneSystemId = '', agentId = '', email = '', agent = '' } = cells;
  const isAddress = email === '' && agent.includes('@');
  return { phoneSystemId, agentId, email: isAddress ? agent : email, name: isAddress ? '' : agent };
}

function monthIn(text: string | undefined, faults: FieldFault[]): Month | undefined {
  const month = text ? parseMonth(text) : undefined;
  if (month === undefined)
    faults.push({ field: 'month', code: text ? 'figures_month_unreadable' : 'required' });
  return month;
}

function numberIn(
  text: string | undefined,
  field: string,
  parse: (text: string) => number | undefined,
  most: number,
  faults: FieldFault[],
): number | undefined {
  if (!text) return undefined;
  const value = parse(text);
  if (value !== undefined && value >= 0 && value <= most) return value;
  if (value === undefined) faults.push({ field, code: 'figures_number_unreadable' });
  else if (value < 0) faults.push({ field, code: 'too_small', args: { minimum: 0 } });
  else faults.push({ field, code: 'too_big', args: { maximum: most } });
  return undefined;
}

function resolvedOfShare(
  { share, resolved }: NamedCells,
  options: ImportOptions,
  answered: number | undefined,
  faults: FieldFault[],
): number | undefined {
  if (resolved) return undefined;
  if (!share) {
    faults.push({ field: 'resolved', code: 'required' });
    return undefined;
  }
  const read = parseShare(share);
  const isOfHundred = read?.isPercent || options['shareUnit'] === 'hundred';
  const part = read && (isOfHundred ? read.value / 100 : read.value);
  if (part === undefined || part < 0 || part > 1) {
    faults.push({ field: 'share', code: 'figures_share_unreadable' });
    return undefined;
  }
  return answered === undefined ? undefined : Math.round(answered * part);
}

import type { ColumnMapping, ColumnNames, ImportOptions } from '../../imports/index.js';

/** What a column of a file of figures can say. */
export const FIGURE_COLUMNS = [
  'agentId',
  'phoneSystemId',
  'email',
  'agent',
  'month',
  'answered',
  'resolved',
  'share',
  'warmTransferred',
  'handling',
] as const;

/** What a column of a file of figures can say. */
export type FigureColumn = (typeof FIGURE_COLUMNS)[number];

/** The columns by which a row can name its agent, the most exact first. */
export const AGENT_COLUMNS = ['phoneSystemId', 'agentId', 'email', 'agent'] as const;

const NAMES: Record<FigureColumn, readonly string[]> = {
  agentId: ['Agent-id', 'Vagtklar-id'],
  phoneSystemId: [
    'Telefonsystem-id',
    'Telefon-id',
    'Phone system id',
    'Phone id',
    'Agentnummer',
    'Agentnr',
    'Agent number',
    'Medarbejdernummer',
    'Medarbejdernr',
    'Employee number',
    'Initialer',
    'Initials',
    'Bruger-id',
    'User id',
    'Login',
    'Lokalnummer',
    'Extension',
  ],
  email: ['E-mail', 'Mail', 'E-mailadresse', 'Mailadresse', 'Arbejdsmail', 'E-mail address'],
  agent: ['Agent', 'Agentnavn', 'Agent name', 'Navn', 'Name', 'Medarbejder', 'Employee', 'Bruger', 'User'],
  month: ['Måned', 'Month', 'Periode', 'Period', 'Dato', 'Date', 'År-måned', 'Year month', 'Kalendermåned'],
  answered: [
    'Besvarede kald',
    'Calls answered',
    'Besvarede',
    'Besvarede opkald',
    'Antal besvarede',
    'Antal besvarede kald',
    'Antal besvarede opkald',
    'Answered calls',
    'Kald besvaret',
    'Opkald besvaret',
  ],
  resolved: [
    'Straksafklarede',
    'Resolved immediately',
    'Straksafklarede kald',
    'Straksafklarede opkald',
    'Antal straksafklarede',
    'Antal straksafklarede kald',
    'Straksafklaret',
    'Resolved at once',
    'Calls resolved immediately',
  ],
  share: [
    'Straksafklaring %',
    'Straksafklaringsprocent',
    'Straksafklaring i procent',
    'Straksafklaring pct',
    'Straksafklarede %',
    'Straksafklaret %',
    '% straksafklarede',
    'Andel straksafklarede',
    'Straksafklaringsgrad',
    'Resolution rate',
    'Resolution %',
    'FCR %',
  ],
  warmTransferred: [
    'Varm omstilling',
    'Varme omstillinger',
    'Antal varme omstillinger',
    'Varmt omstillet',
    'Varmt omstillede',
    'Warm transfers',
    'Warm transferred',
    'Calls transferred warm',
  ],
  handling: [
    'Gns. behandlingstid',
    'Behandlingstid',
    'Gennemsnitlig behandlingstid',
    'Gennemsnitlig samtaletid',
    'Gns. samtaletid',
    'Handling time',
    'Average handling time',
    'AHT',
  ],
};

/** The columns with the headings that they may have. */
export const FIGURE_COLUMN_NAMES: readonly ColumnNames<FigureColumn>[] = FIGURE_COLUMNS.map((name) => ({
  name,
  required: name === 'answered',
  aliases: NAMES[name],
}));

/**
 * What is missing before figures can be read: codes by column; nothing when they can be. A share alone is not enough, since a figure is
 * always kept as calls resolved at once of calls answered.
 */
export function figureMappingFaults(
  mapping: ColumnMapping,
  options: ImportOptions,
): Partial<Record<FigureColumn, string>> {
  const has = (column: FigureColumn) => mapping[column] !== undefined;
  const faults: Partial<Record<FigureColumn, string>> = {};
  if (!AGENT_COLUMNS.some(has)) faults.agent = 'figures_agent_column_missing';
  if (!has('month') && !options['forMonth']) faults.month = 'figures_month_column_missing';
  if (!has('answered')) faults.answered = 'figures_answered_column_missing';
  if (!has('resolved') && !has('share')) faults.resolved = 'figures_resolved_column_missing';
  return faults;
}

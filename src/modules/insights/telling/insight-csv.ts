import { csvStream, type CsvColumn } from '../../../common/csv.js';
import type { CheckTable, Finding } from '../insight.js';
import type { InsightView } from '../insights.schemas.js';

type Row = CheckTable['rows'][number];

/** What an answer was reckoned from, for whoever wants to check it; a leader gets the groups as they are shown. */
export function insightCsv(finding: Finding, view: InsightView): ReturnType<typeof csvStream> {
  const { columns, rows } = finding.table.columns.length > 0 ? finding.table : shownGroups(view);
  return csvStream(
    'csv',
    columns.map((header, index): CsvColumn<Row> => ({ header, value: (row) => row[index] ?? null })),
    each(rows),
  );
}

function shownGroups({ groups, groupUnit }: InsightView): CheckTable {
  return {
    columns: ['group', 'people', 'calls', groupUnit, 'low', 'high'],
    rows: groups.map(({ key, people, calls, value, low, high }) => [key, people, calls, value, low, high]),
  };
}

// The writer of tables takes rows as they come.
// eslint-disable-next-line @typescript-eslint/require-await
async function* each(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

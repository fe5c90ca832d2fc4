import { Table, TableColumn, TableIndex, type QueryRunner, type TableColumnOptions } from 'typeorm';

/** A table as a migration states it. */
export interface TablePlan {
  name: string;
  columns: TableColumnOptions[];
  /** Name to columns. */
  unique?: Record<string, string[]>;
  indices?: Record<string, string[]>;
  /** Column to table and column, with the name of the key. */
  foreignKeys?: { name: string; column: string; references: string; key?: string }[];
  /** Name to the condition that every row must meet. */
  checks?: Record<string, string>;
  /** Lets rows lie in the order of their key, where the order in which they were written is nobody's business. MySQL always does. */
  withoutRowid?: boolean;
}

/** Makes the tables that are not there yet; safe to run again, since MySQL commits every DDL statement by itself. */
export async function createTables(runner: QueryRunner, plans: readonly TablePlan[]): Promise<void> {
  for (const plan of plans) {
    const table = new Table({
      name: plan.name,
      columns: plan.columns,
      withoutRowid: plan.withoutRowid ?? false,
      indices: [...indices(plan.unique, true), ...indices(plan.indices, false)],
      foreignKeys: (plan.foreignKeys ?? []).map(({ name, column, references, key = 'id' }) => ({
        name,
        columnNames: [column],
        referencedTableName: references,
        referencedColumnNames: [key],
        // Left out, MariaDB would report RESTRICT and TypeORM see a difference.
        onDelete: 'NO ACTION',
        onUpdate: 'NO ACTION',
      })),
      checks: Object.entries(plan.checks ?? {}).map(([name, expression]) => ({ name, expression })),
    });
    await runner.createTable(table, true);
    await addChecks(runner, plan);
  }
}

/** TypeORM writes conditions into SQLite tables only; MySQL from 8.0.16 and MariaDB keep them too. */
async function addChecks(runner: QueryRunner, { name, checks = {} }: TablePlan): Promise<void> {
  if (runner.dataSource.options.type === 'better-sqlite3') return;
  for (const [check, condition] of Object.entries(checks)) {
    const [known] = (await runner.query(
      `SELECT CONSTRAINT_NAME FROM information_schema.TABLE_CONSTRAINTS
        WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = ? AND CONSTRAINT_NAME = ?`,
      [name, check],
    )) as unknown[];
    if (!known) await runner.query(`ALTER TABLE ${name} ADD CONSTRAINT ${check} CHECK (${condition})`);
  }
}

/** Removes the tables, last made first. */
export async function dropTables(runner: QueryRunner, plans: readonly TablePlan[]): Promise<void> {
  for (const plan of plans.toReversed()) await runner.dropTable(plan.name, true);
}

/** A column that is added to a table with rows; `fill` is the SQL expression of its value in those rows. */
export type AddedColumn = TableColumnOptions & { fill?: string };

/** Adds the columns that are not there yet, by table; safe to run again. */
export async function addColumns(
  runner: QueryRunner,
  added: Readonly<Record<string, readonly AddedColumn[]>>,
): Promise<void> {
  for (const [table, columns] of Object.entries(added))
    for (const { fill, ...column } of columns) {
      if (!(await runner.hasColumn(table, column.name)))
        await runner.addColumn(table, new TableColumn({ ...column, isNullable: true }));
      if (fill === undefined) continue;
      await runner.query(`UPDATE ${table} SET ${column.name} = ${fill} WHERE ${column.name} IS NULL`);
      await runner.changeColumn(table, column.name, new TableColumn(column));
    }
}

/** Takes added columns away again. */
export async function dropColumns(
  runner: QueryRunner,
  added: Readonly<Record<string, readonly AddedColumn[]>>,
): Promise<void> {
  for (const [table, columns] of Object.entries(added))
    for (const { name } of columns)
      if (await runner.hasColumn(table, name)) await runner.dropColumn(table, name);
}

/** Index to its columns, by table. */
export type AddedIndices = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Makes the indices that are not there yet; safe to run again. */
export async function addIndices(runner: QueryRunner, added: AddedIndices): Promise<void> {
  for (const [table, named] of Object.entries(added))
    for (const [name, columnNames] of Object.entries(named))
      if (!(await hasIndex(runner, table, name)))
        await runner.createIndex(table, new TableIndex({ name, columnNames: [...columnNames] }));
}

/** Takes added indices away again. */
export async function dropIndices(runner: QueryRunner, added: AddedIndices): Promise<void> {
  for (const [table, named] of Object.entries(added))
    for (const name of Object.keys(named))
      if (await hasIndex(runner, table, name)) await runner.dropIndex(table, name);
}

async function hasIndex(runner: QueryRunner, table: string, name: string): Promise<boolean> {
  const known = await runner.getTable(table);
  return known?.indices.some((index) => index.name === name) ?? false;
}

function indices(named: Record<string, string[]> | undefined, isUnique: boolean) {
  return Object.entries(named ?? {}).map(([name, columnNames]) => ({ name, columnNames, isUnique }));
}

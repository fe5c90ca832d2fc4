import { Table, type QueryRunner, type TableColumnOptions } from 'typeorm';

/** A table as a migration states it. */
export interface TablePlan {
  name: string;
  columns: TableColumnOptions[];
  /** Name to columns. */
  unique?: Record<string, string[]>;
  indices?: Record<string, string[]>;
  /** Column to table and column, with the name of the key. */
  foreignKeys?: { name: string; column: string; references: string; key?: string }[];
}

/** Makes the tables that are not there yet; safe to run again, since MySQL commits every DDL statement by itself. */
export async function createTables(runner: QueryRunner, plans: readonly TablePlan[]): Promise<void> {
  for (const plan of plans) {
    const table = new Table({
      name: plan.name,
      columns: plan.columns,
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
    });
    await runner.createTable(table, true);
  }
}

/** Removes the tables, last made first. */
export async function dropTables(runner: QueryRunner, plans: readonly TablePlan[]): Promise<void> {
  for (const plan of plans.toReversed()) await runner.dropTable(plan.name, true);
}

function indices(named: Record<string, string[]> | undefined, isUnique: boolean) {
  return Object.entries(named ?? {}).map(([name, columnNames]) => ({ name, columnNames, isUnique }));
}

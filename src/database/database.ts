import type { DataSource } from 'typeorm';
import { selectRows, type SqlValue } from './sql.js';
import { isInsideUnitOfWork, type UnitOfWork } from './unit-of-work.js';

/** A row source that reads a result piece by piece, so that no export is held in memory. */
export type RowStream = <T>(sql: string, values?: readonly SqlValue[]) => AsyncIterable<T>;

/** What opening a database gives. */
export interface DatabaseParts {
  kind: 'sqlite' | 'mysql';
  reader: DataSource;
  unitOfWork: UnitOfWork;
  streamRows: RowStream;
  close: () => Promise<void>;
}

/** The read side of the database; everything that writes goes through `UnitOfWork`. */
export class Database {
  readonly kind: DatabaseParts['kind'];
  readonly reader: DataSource;
  readonly unitOfWork: UnitOfWork;
  /** Streams the rows of a long SELECT. */
  readonly streamRows: RowStream;
  private readonly closeParts: () => Promise<void>;

  constructor(parts: DatabaseParts) {
    this.kind = parts.kind;
    this.reader = parts.reader;
    this.unitOfWork = parts.unitOfWork;
    this.streamRows = parts.streamRows;
    this.closeParts = parts.close;
  }

  /**
   * Rows of a short SELECT.
   * @throws Error inside a unit of work: there it would wait for a second connection while holding the first, and a
   * pool full of such transactions hangs for good
   */
  async select<T>(sql: string, values: readonly SqlValue[] = []): Promise<T[]> {
    if (isInsideUnitOfWork()) throw new Error('Read through the tx inside a unit of work (selectRows).');
    return selectRows<T>(this.reader, sql, values);
  }

  /** The single row of a SELECT, or undefined. */
  async selectOne<T>(sql: string, values: readonly SqlValue[] = []): Promise<T | undefined> {
    const [row] = await this.select<T>(sql, values);
    return row;
  }

  /** Closes every connection. */
  close(): Promise<void> {
    return this.closeParts();
  }
}

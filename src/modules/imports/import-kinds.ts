import { Injectable } from '@nestjs/common';
import type { Principal, Role } from '../../common/access/principal.js';
import type { FieldFault } from '../../common/domain-error.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { ColumnNames } from './cells.rules.js';
import type { ColumnMapping } from './table-header.rules.js';

/** Who imports: what of a principal survives until the rows are written. */
export type ImportActor = Principal;

/** The cells of a row by the names of their columns. */
export type NamedCells = Record<string, string>;

/** What was chosen beside the file. */
export type ImportOptions = Record<string, string>;

/** What a faultless row would change. */
export const ROW_CHANGES = ['new', 'changed', 'same'] as const;

/** What a faultless row would change. */
export type RowChange = (typeof ROW_CHANGES)[number];

/** What a faultless row would change, to be told before it is written. */
export interface RowNote {
  change: RowChange;
  /** The sentences are `import.note.<key>` in the catalogue. */
  marks: { key: string; args?: Record<string, string | number> }[];
}

/** A row of a table with what is wrong with it. */
export interface CheckedRow<T> {
  rowNumber: number;
  /** Undefined when the cells themselves are faulty. */
  input: T | undefined;
  faults: FieldFault[];
  note?: RowNote;
  /** Whether it is passed over, because somebody has said so about its like. */
  isSkipped?: boolean;
  /** Whom it is about, in the form in which addresses are compared, when no column says so. */
  emailKey?: string;
}

/** How tables of one kind are read, checked and written. */
export interface ImportKind<T = unknown> {
  name: string;
  /** Who may write such a table; asked again when it is written. */
  roles: readonly Role[];
  columns: readonly ColumnNames[];
  /**
   * What must be said about the columns before the table can be read: codes by column. A kind that has this takes tables as other
   * systems write them: the headings may stand below titles, and an import waits until somebody says what they mean. Without it the
   * headings are the first row, and a table that lacks a column is refused.
   */
  mappingFaults?: (mapping: ColumnMapping, options: ImportOptions) => Partial<Record<string, string>>;
  /**
   * Understands what was chosen beside the file, and adds what only the table as a whole tells; without rows before the columns are
   * known. @throws DomainError `invalid_input`
   */
  options?: (chosen: ImportOptions, table: readonly NamedCells[]) => ImportOptions;
  /** Whether a row is no data, such as a total. */
  skip?: (cells: NamedCells) => boolean;
  /** Understands the cells of a row. @throws DomainError `invalid_input` naming the faulty columns */
  read: (cells: NamedCells, options: ImportOptions) => T;
  /** Adds to each row what is wrong with it, or what it would change, as seen from the database and the other rows; nothing is written. */
  check: (rows: CheckedRow<T>[], actor: ImportActor) => Promise<void>;
  /** Somebody looks at an import, for kinds whose rows nobody sees unnoted. */
  seen?: (importId: number, by: Principal) => Promise<void>;
  /** How many mails the rows will cause, to be told before anything is written. */
  mails: (rows: readonly T[]) => number;
  /** Writes a row. @returns what it became @throws DomainError when it cannot be written after all */
  write: (tx: Tx, input: T, actor: ImportActor) => Promise<number>;
  /** Writes many rows together, for kinds that can do that faster; refuses all when one of them cannot be written. */
  writeAll?: { rows: number; write: (tx: Tx, inputs: readonly T[], actor: ImportActor) => Promise<number[]> };
}

/** The kinds of imports there are; each module registers its own. */
@Injectable()
export class ImportKinds {
  private readonly kinds = new Map<string, ImportKind>();

  /** Registers a kind. */
  register<T>(kind: ImportKind<T>): void {
    this.kinds.set(kind.name, kind as ImportKind);
  }

  /** The kind of that name. */
  get(name: string): ImportKind {
    const kind = this.kinds.get(name);
    if (!kind) throw new Error(`There is no import of the kind ${name}.`);
    return kind;
  }
}

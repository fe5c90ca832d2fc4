import { Injectable } from '@nestjs/common';
import type { FieldFault } from '../../common/domain-error.js';
import type { Principal, Role } from '../../common/access/principal.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { ColumnNames } from './cells.rules.js';

/** Who imports: what of a principal survives until the rows are written. */
export type ImportActor = Principal;

/** A row of a table with what is wrong with it. */
export interface CheckedRow<T> {
  rowNumber: number;
  /** Undefined when the cells themselves are faulty. */
  input: T | undefined;
  faults: FieldFault[];
}

/** How tables of one kind are read, checked and written. */
export interface ImportKind<T = unknown> {
  name: string;
  /** Who may write such a table; asked again when it is written. */
  roles: readonly Role[];
  columns: readonly ColumnNames[];
  /** Understands the cells of a row. @throws DomainError `invalid_input` naming the faulty columns */
  read: (cells: Record<string, string>, options: Record<string, string>) => T;
  /** Adds to each row what is wrong with it as seen from the database and the other rows; nothing is written. */
  check: (rows: CheckedRow<T>[], actor: ImportActor) => Promise<void>;
  /** How many mails the rows will cause, to be told before anything is written. */
  mails: (rows: readonly T[]) => number;
  /** Writes a row. @returns what it became @throws DomainError when it cannot be written after all */
  write: (tx: Tx, input: T, actor: ImportActor) => Promise<number>;
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

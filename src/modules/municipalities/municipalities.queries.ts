import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../common/local-date.js';
import { Database } from '../../database/database.js';
import { selectRows } from '../../database/sql.js';

/** A municipality as lists show it. */
export interface MunicipalityRow {
  code: string;
  name: string;
  region: string | null;
  isMember: boolean;
  memberFrom: LocalDate | null;
  memberTo: LocalDate | null;
  primaryLeaderId: number | null;
}

const COLUMNS = `m.code, m.name, r.region, m.primaryLeaderId, s.fromOn AS memberFrom, s.toOn AS memberTo`;
const FROM = `FROM municipality m
  LEFT JOIN municipality_region r
    ON r.municipalityCode = m.code AND r.fromOn <= ? AND (r.toOn IS NULL OR r.toOn >= ?)
  LEFT JOIN membership s ON s.municipalityCode = m.code AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn >= ?)`;

/** Reads municipalities as of a day. */
@Injectable()
export class MunicipalityQueries {
  constructor(private readonly database: Database) {}

  /** All 98, sorted the Danish way, with region and membership as of the day. */
  async list(on: LocalDate): Promise<MunicipalityRow[]> {
    const rows = await this.database.select<Omit<MunicipalityRow, 'isMember'>>(
      `SELECT ${COLUMNS} ${FROM} ORDER BY m.nameSortKey`,
      [on, on, on, on],
    );
    return rows.map((row) => ({ ...row, isMember: row.memberFrom !== null }));
  }

  /** The municipalities that take part on the day. */
  async members(on: LocalDate): Promise<MunicipalityRow[]> {
    return (await this.list(on)).filter((row) => row.isMember);
  }

  /** The municipalities that take part on the day or will later. */
  async presentAndComing(on: LocalDate): Promise<MunicipalityRow[]> {
    const rows = await this.database.select<{ municipalityCode: string }>(
      'SELECT DISTINCT municipalityCode FROM membership WHERE toOn IS NULL OR toOn >= ?',
      [on],
    );
    const codes = new Set(rows.map((row) => row.municipalityCode));
    return (await this.list(on)).filter((row) => codes.has(row.code));
  }

  /** All periods of membership of a municipality, latest first. */
  memberships(code: string): Promise<{ id: number; from: LocalDate; to: LocalDate | null }[]> {
    return this.database.select(
      'SELECT id, fromOn AS `from`, toOn AS `to` FROM membership WHERE municipalityCode = ? ORDER BY fromOn DESC',
      [code],
    );
  }

  /** One municipality, or undefined when there is none with the code. Inside a unit of work pass its tx. */
  async find(
    code: string,
    on: LocalDate,
    source: EntityManager = this.database.reader.manager,
  ): Promise<MunicipalityRow | undefined> {
    const [row] = await selectRows<Omit<MunicipalityRow, 'isMember'>>(
      source,
      `SELECT ${COLUMNS} ${FROM} WHERE m.code = ?`,
      [on, on, on, on, code],
    );
    return row && { ...row, isMember: row.memberFrom !== null };
  }
}

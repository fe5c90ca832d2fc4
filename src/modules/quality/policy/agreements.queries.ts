import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { selectRows } from '../../../database/sql.js';
import type { AgreementView } from './agreement.schemas.js';

const COLUMNS = `u.code AS municipalityCode, u.name AS municipalityName, g.signedOn, g.figuresFrom, g.version
  FROM municipality u LEFT JOIN figures_agreement g ON g.municipalityCode = u.code`;

/** Reads what is agreed with the municipalities. */
@Injectable()
export class AgreementQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** The municipalities that take part or will, and those with an agreement from before; sorted the Danish way. */
  list(): Promise<AgreementView[]> {
    return this.database.select<AgreementView>(
      `SELECT ${COLUMNS}
        WHERE g.municipalityCode IS NOT NULL
           OR EXISTS (SELECT 1 FROM membership s WHERE s.municipalityCode = u.code AND (s.toOn IS NULL OR s.toOn >= ?))
        ORDER BY u.nameSortKey`,
      [this.today()],
    );
  }

  /** One municipality with its agreement; undefined when there is none with the code. Inside a unit of work pass its tx. */
  async find(
    code: string,
    source: EntityManager = this.database.reader.manager,
  ): Promise<AgreementView | undefined> {
    const [row] = await selectRows<AgreementView>(source, `SELECT ${COLUMNS} WHERE u.code = ?`, [code]);
    return row;
  }

  /** The present day. */
  today(): LocalDate {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }
}

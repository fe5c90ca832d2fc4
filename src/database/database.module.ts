import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env } from '../config/env.js';
import { Database } from './database.js';
import { Background } from './background.js';
import { Idempotency } from './idempotency.js';
import { JobLeases } from './job-leases.js';
import { openDatabase, type Entities } from './open-database.js';
import { UnitOfWork } from './unit-of-work.js';

/** Gives everyone the database and the unit of work. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(entities: Entities, exclusive: boolean): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: Database,
          inject: [ENV],
          useFactory: (env: Env) => openDatabase(env, { entities, exclusive }),
        },
        { provide: UnitOfWork, inject: [Database], useFactory: (database: Database) => database.unitOfWork },
        Idempotency,
        JobLeases,
        Background,
      ],
      exports: [Database, UnitOfWork, Idempotency, JobLeases, Background],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

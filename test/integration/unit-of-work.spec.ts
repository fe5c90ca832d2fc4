import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../src/database/database.js';
import { execute, isUniqueViolation, selectRows, sqlInstant, toInstant } from '../../src/database/sql.js';
import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import { IdempotencyKey } from '../../src/database/idempotency.entity.js';
import { createTestDatabase, isMariadb } from '../support/test-database.js';
import { TestApp } from '../support/test-app.js';

const insert = (n: number) => ({
  keyHash: String(n).padStart(64, '0'),
  requestHash: 'x',
  answer: null,
  createdAt: new Date(),
});

describe('the unit of work', () => {
  let app: TestApp;
  let unitOfWork: UnitOfWork;
  let database: Database;

  beforeAll(async () => {
    app = await TestApp.start();
    unitOfWork = app.get(UnitOfWork);
    database = app.get(Database);
  });
  afterAll(() => app.stop());
  beforeEach(() => unitOfWork.run((tx) => execute(tx, 'DELETE FROM idempotency_key')));

  it('keeps every one of 160 overlapping transactions, and nothing of those that failed', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 160 }, (_, n) =>
        unitOfWork.run(async (tx) => {
          await tx.insert(IdempotencyKey, insert(2 * n));
          // Others begin in between.
          await new Promise((resolve) => setImmediate(resolve));
          await tx.insert(IdempotencyKey, insert(2 * n + 1));
          if (n % 4 === 3) throw new Error('wanted');
        }),
      ),
    );
    const committed = outcomes.filter((outcome) => outcome.status === 'fulfilled').length;
    expect(committed).toBe(120);
    expect(await app.count('idempotency_key')).toBe(240);
  });

  it('rolls back when a statement fails, and goes on working', async () => {
    const twice = unitOfWork.run(async (tx) => {
      await tx.insert(IdempotencyKey, insert(1));
      await tx.insert(IdempotencyKey, insert(1));
    });
    await expect(twice).rejects.toThrow();
    expect(await app.count('idempotency_key')).toBe(0);
    await unitOfWork.run((tx) => tx.insert(IdempotencyKey, insert(2)));
    expect(await app.count('idempotency_key')).toBe(1);
  });

  it('tells of a conflict only when the row it is with can be read', async () => {
    const seen = await Promise.all(
      Array.from({ length: 8 }, () =>
        unitOfWork
          .run((tx) =>
            execute(
              tx,
              "INSERT INTO idempotency_key (keyHash, requestHash, createdAt) VALUES ('a', 'x', ?)",
              [new Date()],
            ),
          )
          .then(
            () => 'inserted',
            async (error: unknown) =>
              `${isUniqueViolation(error)}, ${await app.count('idempotency_key')} there`,
          ),
      ),
    );
    expect(seen.toSorted()).toEqual(
      ['inserted', ...Array.from({ length: 7 }, () => 'true, 1 there')].toSorted(),
    );
  });

  it('rolls back the units that fail among those that began together, and only them', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) =>
        unitOfWork.run(async (tx) => {
          await tx.insert(IdempotencyKey, insert(n));
          if (n % 3 === 0) await execute(tx, 'UPDATE idempotency_key SET nothing = 1');
          return n;
        }),
      ),
    );
    const kept = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(kept).toEqual(Array.from({ length: 60 }, (_, n) => n).filter((n) => n % 3 !== 0));
    const rows = await app.rows<{ keyHash: string }>('SELECT keyHash FROM idempotency_key ORDER BY keyHash');
    expect(rows.map((row) => Number(row.keyHash))).toEqual(kept);
  });

  it('lets save() and upsert() take part instead of beginning transactions of their own', async () => {
    const failed = unitOfWork.run(async (tx) => {
      await tx.save(IdempotencyKey, insert(1));
      await tx.upsert(IdempotencyKey, insert(2), ['keyHash']);
      throw new Error('wanted');
    });
    await expect(failed).rejects.toThrow('wanted');
    expect(await app.count('idempotency_key')).toBe(0);
  });

  it('refuses to be begun inside another, and to read past its transaction', async () => {
    await expect(unitOfWork.run(() => unitOfWork.run(async () => 1))).rejects.toThrow('inside another one');
    await expect(unitOfWork.run(() => database.select('SELECT 1'))).rejects.toThrow('Read through the tx');
  });

  it('reads its own writes, and others do not until it is committed', async () => {
    await unitOfWork.run(async (tx) => {
      await tx.insert(IdempotencyKey, insert(1));
      expect(await selectRows(tx, 'SELECT id FROM idempotency_key')).toHaveLength(1);
    });
  });

  it('keeps the two instants of the repeated hour in October apart, and milliseconds', async () => {
    const instants = ['2026-10-25T00:30:00.123Z', '2026-10-25T01:30:00.456Z'].map((text) => new Date(text));
    await unitOfWork.run(async (tx) => {
      for (const [n, createdAt] of instants.entries())
        await tx.insert(IdempotencyKey, { ...insert(n), createdAt });
    });
    const rows = await app.rows<{ createdAt: string | Date }>(
      'SELECT createdAt FROM idempotency_key ORDER BY id',
    );
    expect(rows.map((row) => toInstant(row.createdAt))).toEqual(instants);
    const entities = await database.reader.manager.find(IdempotencyKey, { order: { id: 'ASC' } });
    expect(entities.map((entity) => entity.createdAt)).toEqual(instants);
    const found = await app.rows('SELECT id FROM idempotency_key WHERE createdAt > ?', [instants[0]!]);
    expect(found).toHaveLength(1);
    expect(sqlInstant(instants[0]!)).toBe('2026-10-25 00:30:00.123');
  });

  it('streams rows piece by piece, and can be left in the middle', async () => {
    await unitOfWork.run((tx) =>
      tx.insert(
        IdempotencyKey,
        Array.from({ length: 1300 }, (_, n) => insert(n)),
      ),
    );
    const seen: number[] = [];
    for await (const row of database.streamRows<{ id: number }>('SELECT id FROM idempotency_key ORDER BY id'))
      seen.push(row.id);
    expect(seen).toHaveLength(1300);
    for await (const row of database.streamRows<{ id: number }>(
      'SELECT id FROM idempotency_key WHERE id > ?',
      [0],
    )) {
      expect(row.id).toBeGreaterThan(0);
      break;
    }
    await expect(async () => {
      for await (const row of database.streamRows('SELECT nothing FROM idempotency_key')) void row;
    }).rejects.toThrow();
  });

  const onSqlite = isMariadb ? it.skip : it;
  const onMariadb = isMariadb ? it : it.skip;

  onSqlite('cannot be passed by: the reading connection refuses to write', async () => {
    await expect(database.reader.manager.insert(IdempotencyKey, insert(1))).rejects.toThrow(
      /readonly|query_only/i,
    );
  });

  onSqlite('lets only one server own the file, and says so', async () => {
    await expect(TestApp.start({ DATABASE_URL: app.env.DATABASE_URL })).rejects.toThrow(
      'in use by another server',
    );
  });

  onMariadb('runs the whole work again after a deadlock', async () => {
    await unitOfWork.run((tx) => tx.insert(IdempotencyKey, [insert(1), insert(2)]));
    let runs = 0;
    const both = async (first: number, second: number, meet: () => Promise<void>) =>
      unitOfWork.run(async (tx) => {
        runs += 1;
        const touch = (n: number) =>
          execute(tx, 'UPDATE idempotency_key SET answer = ? WHERE keyHash = ?', [
            String(runs),
            insert(n).keyHash,
          ]);
        await touch(first);
        await meet();
        await touch(second);
      });
    // Both hold their first row before either asks for its second.
    let arrived = 0;
    const { open, opened } = gate();
    const meet = async () => {
      arrived += 1;
      if (arrived >= 2) open();
      await opened;
    };
    await Promise.all([both(1, 2, meet), both(2, 1, meet)]);
    expect(runs).toBe(3);
  });

  onMariadb('serves more transactions at once than the pool has connections', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        unitOfWork.run(async (tx) => {
          await tx.insert(IdempotencyKey, insert(n));
          await selectRows(tx, 'SELECT COUNT(*) AS n FROM idempotency_key');
        }),
      ),
    );
    expect(await app.count('idempotency_key')).toBe(50);
  });

  onMariadb('gives back the rows of a server that is frozen in the middle', async () => {
    await unitOfWork.run((tx) => tx.insert(IdempotencyKey, insert(1)));
    const touch = (tx: Tx) => execute(tx, "UPDATE idempotency_key SET requestHash = 'y'");
    const held = gate();
    const thawed = gate();
    const frozen = unitOfWork.run(async (tx) => {
      const [session] = await selectRows<{ seconds: number | string }>(
        tx,
        'SELECT @@SESSION.idle_transaction_timeout AS seconds',
      );
      expect(Number(session!.seconds)).toBe(20);
      await execute(tx, 'SET SESSION idle_transaction_timeout = 1');
      await touch(tx);
      held.open();
      await thawed.opened;
      await touch(tx);
    });
    await held.opened;
    // Waits until the database has had enough of the other one.
    await unitOfWork.run(touch);
    thawed.open();
    await expect(frozen).rejects.toThrow();
    await unitOfWork.run(touch);
  });
});

/** Something to wait for until it is opened. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Mounting needs rights that not every machine gives; without them the test says that it was skipped. */
function mountTinyDisk(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2560k', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const tinyDisk = join('/tmp', `vagtklar-tiny-${process.pid}`);
const hasTinyDisk = !isMariadb && mountTinyDisk(tinyDisk);

(hasTinyDisk ? describe : describe.skip)('a full disk under SQLite', () => {
  afterAll(() => execFileSync('umount', ['-l', tinyDisk]));

  it('fails the write, loses nothing that was committed, and works again when there is room', async () => {
    const own = await createTestDatabase();
    const app = await TestApp.start({ DATABASE_URL: `sqlite:${join(tinyDisk, 'full.db')}` }, own);
    try {
      const unitOfWork = app.get(UnitOfWork);
      const big = (n: number) => ({ ...insert(n), answer: 'x'.repeat(20_000) });
      let committed = 0;
      let failure: unknown;
      for (let n = 0; n < 200 && !failure; n += 1)
        await unitOfWork
          .run((tx) => tx.insert(IdempotencyKey, big(n)))
          .then(() => (committed += 1))
          .catch((error: unknown) => (failure = error));
      expect(String(failure)).toMatch(/full/i);
      expect(await app.count('idempotency_key')).toBe(committed);
      execFileSync('mount', ['-o', 'remount,size=8m', tinyDisk]);
      await unitOfWork.run((tx) => tx.insert(IdempotencyKey, big(999)));
      expect(await app.count('idempotency_key')).toBe(committed + 1);
      // Of some that share a commit, the one that is too large fails alone.
      const sizes = [10, 20_000_000, 10, 10];
      const together = await Promise.allSettled(
        sizes.map((size, n) =>
          unitOfWork.run((tx) => tx.insert(IdempotencyKey, { ...insert(300 + n), answer: 'x'.repeat(size) })),
        ),
      );
      expect(together.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ]);
      expect(await app.count('idempotency_key')).toBe(committed + 4);
    } finally {
      await app.stop();
    }
  });
});

// The drivers alone, each with as little around it as transactions allow.
import Libsql from 'libsql';
import { createPool } from 'mysql2/promise';

const STATE = `INSERT INTO sco_state (attemptId, scoIndex, launchId, sequence, cmi, completion, place, secondsBefore, secondsNow, isClosed,
    updatedAt) VALUES (?, ?, ?, ?, ?, 'incomplete', ?, 0, ?, 0, ?)`;
const CHANGED = ['launchId', 'sequence', 'cmi', 'place', 'secondsNow', 'updatedAt'];
const upserted = (take) => CHANGED.map((name) => `${name} = ${take(name)}`).join(', ');

/** `read` for a SELECT, `write` for one transaction, `stream` for a long SELECT. */
export function openBare(url) {
  return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openMysql(url);
}

function openSqlite(file) {
  const open = () => {
    const db = new Libsql(file);
    db.pragma('busy_timeout = 5000');
    db.pragma('synchronous = FULL');
    const prepared = new Map();
    return {
      exec: (sql) => db.exec(sql),
      run(sql, values) {
        let known = prepared.get(sql);
        if (!known) {
          const statement = db.prepare(sql);
          prepared.set(sql, (known = { statement, reads: statement.reader }));
        }
        if (known.reads) return known.statement.all(values);
        return { insertId: known.statement.run(values).lastInsertRowid };
      },
    };
  };
  const [writer, reader] = [open(), open()];
  const transaction = async (work) => {
    writer.exec('BEGIN IMMEDIATE');
    try {
      const result = await work((sql, values) => writer.run(sql, values));
      writer.exec('COMMIT');
      return result;
    } catch (error) {
      writer.exec('ROLLBACK');
      throw error;
    }
  };
  let last = Promise.resolve();
  return {
    lock: '',
    upsertState: `${STATE} ON CONFLICT (attemptId, scoIndex) DO UPDATE SET ${upserted((name) => `excluded.${name}`)}`,
    read: (sql, values) => reader.run(sql, values),
    write(work) {
      const mine = last.then(() => transaction(work));
      last = mine.catch(() => {});
      return mine;
    },
    stream: (sql, values) => new Libsql(file).prepare(sql).iterate(values),
  };
}

function openMysql(url) {
  const pool = createPool({ uri: url, timezone: 'Z', charset: 'utf8mb4', connectionLimit: 10 });
  pool.on('connection', (connection) => connection.query('SET SESSION tx_isolation = "READ-COMMITTED"'));
  const attempt = async (work) => {
    const connection = await pool.getConnection();
    try {
      await connection.query('START TRANSACTION');
      const result = await work(async (sql, values) => (await connection.query(sql, values))[0]);
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      await connection.query('ROLLBACK');
      throw error;
    } finally {
      connection.release();
    }
  };
  return {
    lock: ' FOR UPDATE',
    upsertState: `${STATE} ON DUPLICATE KEY UPDATE ${upserted((name) => `VALUES(${name})`)}`,
    read: async (sql, values) => (await pool.query(sql, values))[0],
    async write(work) {
      for (;;)
        try {
          return await attempt(work);
        } catch (error) {
          if (error.errno !== 1213 && error.errno !== 1205) throw error;
        }
    },
    stream: async function* rows(sql, values) {
      const connection = await pool.getConnection();
      try {
        yield* connection.connection.query(sql, values).stream();
      } finally {
        connection.release();
      }
    },
  };
}

// Makes, fills and drops the bench's databases.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';
import { createConnection } from 'mysql2/promise';

/** Databases in files of the folder. */
export function sqliteDatabases(folder) {
  return {
    name: 'SQLite',
    make: async (name) => `sqlite:${join(folder, `${name}.db`)}`,
    async run(url, statements) {
      const db = new Libsql(url.slice('sqlite:'.length));
      try {
        db.pragma('busy_timeout = 5000');
        let rows = [];
        for (const sql of statements) {
          const statement = db.prepare(sql);
          if (statement.reader) rows = statement.all();
          else statement.run();
        }
        return rows;
      } finally {
        db.close();
      }
    },
    drop: async () => {},
  };
}

/** Databases of our own on a MySQL or MariaDB server. */
export function mysqlDatabases(serverUrl) {
  const urlOf = (name) => Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const made = [];
  const onServer = async (sql) => {
    const connection = await createConnection(serverUrl);
    await connection.query(sql);
    await connection.end();
  };
  return {
    name: 'MariaDB',
    async make(name) {
      const own = `vagtklar_bench_${process.pid}_${name}`;
      await onServer(`CREATE DATABASE ${own} CHARACTER SET utf8mb4`);
      made.push(own);
      return urlOf(own);
    },
    async run(url, statements) {
      const connection = await createConnection(url);
      try {
        let rows = [];
        for (const sql of statements) [rows] = await connection.query(sql);
        return rows;
      } finally {
        await connection.end();
      }
    },
    async drop() {
      for (const name of made) await onServer(`DROP DATABASE IF EXISTS ${name}`);
    },
  };
}

/** Agents with everything a registration leaves behind, a good half of them through the e-learning. */
export async function seedAgents(databases, url, count) {
  const [first] = await databases.run(url, [
    `SELECT (SELECT MAX(id) FROM person) AS person, (SELECT MAX(id) FROM agent) AS agent,
            (SELECT MAX(id) FROM enrolment) AS enrolment, (SELECT MIN(id) FROM course) AS course,
            (SELECT MIN(id) FROM connection) AS connection, (SELECT MIN(id) FROM onboarding_day) AS day,
            (SELECT MIN(id) FROM person WHERE emailKey = 'leder.751@vagtklar.test') AS leader`,
  ]);
  await databases.run(url, seedStatements(first, count));
}

function seedStatements(first, count) {
  const digits =
    '(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4'.concat(
      ' UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)',
    );
  const numbers = `(SELECT q.n FROM (SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d AS n
    FROM ${digits} a, ${digits} b, ${digits} c, ${digits} d, ${digits} e) q WHERE q.n <= ${count}) k`;
  const at = "'2026-01-05 09:00:00.000'";
  const done = "'2026-02-02 12:00:00.000'";
  const person = `${first.person} + n`;
  const agent = `${first.agent} + n`;
  const enrolment = `${first.enrolment} + n`;
  const fact = '{"at":1770033600000,"source":"seed"}';
  const facts = `{"begun":${fact},"completed":${fact},"passed":null,"completedUnlessFailed":${fact},"failed":false,"bestScore":null}`;
  const nothing =
    '{"begun":null,"completed":null,"passed":null,"completedUnlessFailed":null,"failed":false,"bestScore":null}';
  const ifDone = (value, otherwise) => `CASE WHEN n % 5 < 3 THEN ${value} ELSE ${otherwise} END`;
  const mail = (template, to, address) =>
    `INSERT INTO mail (template, language, toPersonId, toAddress, subject, html, text, aboutType, aboutId, state, attempts,
        nextAttemptAt, createdAt, sentAt)
      SELECT '${template}', 'da', ${to}, ${address}, 'Velkommen', '<p>Velkommen</p>', 'Velkommen', 'agent', ${agent}, 'sent', 1,
        ${at}, ${at}, ${at} FROM ${numbers}`;
  return [
    'BEGIN',
    `INSERT INTO person (id, firstName, lastName, nameSortKey, email, emailKey, language, isDemo, createdAt, version)
      SELECT ${person}, CONCAT('Fornavn ', n % 300), CONCAT('Efternavn ', (n * 7919) % 100003),
        CONCAT('efternavn ', (n * 7919) % 100003, ' fornavn ', n % 300), CONCAT('seed.', n, '@aarhus.test'),
        CONCAT('seed.', n, '@aarhus.test'), 'da', 0, ${at}, 1 FROM ${numbers}`,
    `INSERT INTO agent (id, personId, createdAt, version) SELECT ${agent}, ${person}, ${at}, 1 FROM ${numbers}`,
    `INSERT INTO employment (agentId, openAgentId, municipalityCode, leaderId, kind, startOn, effectiveFromOn, createdAt)
      SELECT ${agent}, ${agent}, CASE n % 3 WHEN 0 THEN '751' WHEN 1 THEN '615' ELSE '791' END, ${first.leader}, 'new',
        '2026-01-12', '2026-01-05', ${at} FROM ${numbers}`,
    `INSERT INTO role_assignment (personId, role, agentId) SELECT ${person}, 'agent', ${agent} FROM ${numbers}`,
    `INSERT INTO enrolment (id, reference, personId, courseId, state, begunAt, completedAt, source, facts, enrolledOn,
        createdAt, version)
      SELECT ${enrolment}, CONCAT('seed', n), ${person}, ${first.course}, ${ifDone("'completed'", "'not_started'")},
        ${ifDone(done, 'NULL')}, ${ifDone(done, 'NULL')}, ${ifDone("'seed'", 'NULL')}, ${ifDone(`'${facts}'`, `'${nothing}'`)},
        '2026-01-05', ${at}, 1 FROM ${numbers}`,
    `INSERT INTO attendance (dayId, agentId, status, mustAttendAgain, source, markedAt, recordedAt)
      SELECT ${first.day}, ${agent}, 'attended', 0, 'roll_call', ${done}, ${done} FROM ${numbers} WHERE n % 5 < 3`,
    `INSERT INTO inbox_message (connectionId, messageId, messageHash, body, status, enrolmentId, receivedAt)
      SELECT ${first.connection}, CONCAT('seed-', n), CONCAT('seed-', n), '{}', 'applied', ${enrolment}, ${done}
        FROM ${numbers} WHERE n % 5 < 3`,
    `INSERT INTO completion_event (enrolmentId, occurredAt, completion, source)
      SELECT ${enrolment}, ${done}, 'completed', 'seed' FROM ${numbers} WHERE n % 5 < 3`,
    `INSERT INTO audit_entry (at, actorPersonId, action, subjectType, subjectId)
      SELECT ${at}, ${first.leader}, 'agent.registered', 'agent', ${agent} FROM ${numbers}`,
    `INSERT INTO link_token (personId, purpose, tokenHash, createdAt, expiresAt)
      SELECT ${person}, 'personal', CONCAT('seed-', n), ${at}, ${done} FROM ${numbers}`,
    mail('welcome', person, "CONCAT('seed.', n, '@aarhus.test')"),
    mail('leader-receipt', first.leader, "'leder.751@vagtklar.test'"),
    'COMMIT',
  ];
}

/** Launches of a small package, as many as there are connections twice over, and the tokens that open them. */
export async function seedLaunches(databases, url, count) {
  const at = "'2026-01-05 09:00:00.000'";
  const manifest = {
    standard: 'scorm-1.2',
    title: 'Bench',
    scos: [
      {
        id: 'main',
        title: 'Bench',
        href: 'main.html',
        path: 'main.html',
        kind: 'sco',
        isVisible: true,
        depth: 0,
      },
    ],
  };
  const tokens = Array.from({ length: count }, (_, n) => `bench-${n}-`.padEnd(43, 'x'));
  const [first] = await databases.run(url, [
    `SELECT (SELECT MIN(id) FROM course) AS course, (SELECT MAX(id) FROM session) AS session, (SELECT MIN(id) FROM person) AS person,
            (SELECT COALESCE(MAX(id), 0) + 1 FROM attempt) AS attempt, (SELECT MIN(id) FROM enrolment) AS enrolment`,
  ]);
  const hash = (token) => createHash('sha256').update(token).digest('hex');
  await databases.run(url, [
    `INSERT INTO content_package (checksum, fileName, standard, title, manifest, sizeBytes, fileCount, uploadedByPersonId, createdAt)
      VALUES ('${'0'.repeat(64)}', 'bench.zip', 'scorm-1.2', 'Bench', '${JSON.stringify(manifest)}', 1, 1, ${first.person}, ${at})`,
    `INSERT INTO course_version (courseId, number, state, packageId, isRetake, createdAt)
      SELECT ${first.course}, 99, 'draft', MAX(id), 0, ${at} FROM content_package`,
    ...tokens.flatMap((token, n) => [
      `INSERT INTO attempt (id, personId, enrolmentId, courseVersionId, number, startedAt)
        SELECT ${first.attempt + n}, ${first.person}, ${first.enrolment}, MAX(id), ${n + 1000}, ${at} FROM course_version`,
      `INSERT INTO launch (attemptId, sessionId, tokenHash, mode, sequence, seconds, startedAt, lastSeenAt, expiresAt)
        VALUES (${first.attempt + n}, ${first.session}, '${hash(token)}', 'normal', 0, 0, ${at}, ${at}, '2099-01-01 00:00:00.000')`,
    ]),
  ]);
  return tokens;
}

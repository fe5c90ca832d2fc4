// The bare limit of this machine: Fastify and the driver, the same statements in the same transactions with the same
// durability, and nothing else: no Nest, no TypeORM, no validation, no rendering. Plain on purpose.
import { createHmac, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { fastify } from 'fastify';
import { openBare } from './bare-database.mjs';
import { reportStatements } from './bare-report.mjs';

const { url, secrets, appSecret } = JSON.parse(process.env.BARE);
const db = openBare(url);
const jwtKey = Buffer.from(hkdfSync('sha256', appSecret, 'vagtklar', 'jwt', 32));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const now = () => new Date().toISOString().replace('T', ' ').replace('Z', '');
const today = () => now().slice(0, 10);
// Texts as long as the real ones.
const mails = {};
for (const template of ['welcome', 'leader-receipt'])
  [mails[template]] = await db.read('SELECT subject, html, text FROM mail WHERE template = ? LIMIT 1', [
    template,
  ]);

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => done(null, body));

async function principalOf(request) {
  const [head, payload, signature] = request.headers.authorization.slice(7).split('.');
  const wanted = createHmac('sha256', jwtKey).update(`${head}.${payload}`).digest();
  if (!timingSafeEqual(Buffer.from(signature, 'base64url'), wanted)) throw new Error('signature');
  const { sid } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const rows = await db.read(
    `SELECT p.id AS personId, p.firstName, p.lastName, p.language, s.strength, r.role, r.municipalityCode, r.agentId
       FROM session s JOIN person p ON p.id = s.personId AND p.deactivatedAt IS NULL
       LEFT JOIN role_assignment r ON r.personId = p.id
      WHERE s.id = ? AND s.revokedAt IS NULL AND s.expiresAt > ?`,
    [sid, now()],
  );
  if (rows.length === 0) throw new Error('session');
  return rows;
}

/** Who takes the leader's mail: the leader, unless away. */
const TAKERS = `SELECT p.id, p.firstName, p.email, p.language, r.deputyId, u.primaryLeaderId,
    EXISTS (SELECT 1 FROM absence x WHERE x.personId = p.id AND x.fromOn <= ? AND x.toOn >= ?) AS isAway
  FROM person p JOIN role_assignment r ON r.personId = p.id AND r.role = 'leader'
  JOIN municipality u ON u.code = r.municipalityCode WHERE p.id = ? AND u.code = ?`;

const INSERT_MAIL = `INSERT INTO mail (template, language, toPersonId, toAddress, subject, html, text, sealedLinks, dedupeKey,
    aboutType, aboutId, calendar, state, attempts, nextAttemptAt, createdAt)
  VALUES (?, 'da', ?, ?, ?, ?, ?, ?, NULL, 'agent', ?, ?, 'queued', 0, ?, ?)`;

async function register(tx, input, leader, code) {
  const at = now();
  const person = await tx(
    `INSERT INTO person (firstName, lastName, nameSortKey, email, emailKey, phone, language, passwordHash, isDemo, createdAt, version)
      VALUES (?, ?, ?, ?, ?, NULL, 'da', NULL, 0, ?, 1)`,
    [
      input.firstName,
      input.lastName,
      `${input.lastName} ${input.firstName}`.toLowerCase(),
      input.email,
      input.email,
      at,
    ],
  );
  const agent = await tx(
    'INSERT INTO agent (personId, phoneSystemId, onboardingAttendedOn, createdAt, version) VALUES (?, NULL, NULL, ?, 1)',
    [person.insertId, at],
  );
  await tx(
    `INSERT INTO employment (agentId, openAgentId, municipalityCode, leaderId, kind, startOn, effectiveFromOn, firstShiftOn, createdAt)
      VALUES (?, ?, ?, ?, 'new', ?, ?, NULL, ?)`,
    [agent.insertId, agent.insertId, code, leader.personId, input.startOn, today(), at],
  );
  await tx('INSERT INTO role_assignment (personId, role, municipalityCode, agentId) VALUES (?, ?, NULL, ?)', [
    person.insertId,
    'agent',
    agent.insertId,
  ]);
  const courses = await tx(
    `SELECT c.id, c.title, c.estimatedMinutes FROM course c WHERE c.audience = 'agent'
        AND EXISTS (SELECT 1 FROM course_version v WHERE v.courseId = c.id AND v.state = 'published') ORDER BY c.id`,
    [],
  );
  for (const course of courses)
    await tx(
      `INSERT INTO enrolment (reference, personId, courseId, state, facts, enrolledOn, createdAt, version)
        VALUES (?, ?, ?, 'not_started', ?, ?, ?, 1)`,
      [randomBytes(16).toString('hex'), person.insertId, course.id, NO_FACTS, today(), at],
    );
  const versions = await tx(
    `SELECT id, guideId, audienceKind, answeredFrom, countsFrom, appliesUntil FROM guide_version v
      WHERE v.prunedAt IS NULL ORDER BY id`,
    [],
  );
  const asked = versions.filter(({ audienceKind, appliesUntil }) => audienceKind === 'all' && !appliesUntil);
  if (asked.length > 0)
    await tx(
      `INSERT INTO reading_requirement (agentId, versionId, dueAt, readAt) VALUES ${asked.map(() => '(?, ?, NULL, NULL)').join(', ')}`,
      asked.flatMap(({ id }) => [agent.insertId, id]),
    );
  await tx(
    `INSERT INTO audit_entry (at, actorPersonId, action, subjectType, subjectId, detail)
      VALUES (?, ?, 'agent.registered', 'agent', ?, ?)`,
    [at, leader.personId, agent.insertId, JSON.stringify({ municipality: code })],
  );
  const [day] = await tx(
    `SELECT id, onDate, startsAt, endsAt, venue, address, directions, instructors, message, bookBy, capacity, seatsTaken, cancelledAt
       FROM onboarding_day WHERE onDate >= ? ORDER BY onDate, id`,
    [today()],
  );
  const token = randomBytes(32).toString('base64url');
  await tx(
    `INSERT INTO link_token (personId, purpose, tokenHash, createdAt, expiresAt) VALUES (?, 'personal', ?, ?, ?)`,
    [person.insertId, sha256(token), at, '2099-01-01 00:00:00.000'],
  );
  await tx(TAKERS, [today(), today(), leader.personId, code]);
  const { welcome, 'leader-receipt': receipt } = mails;
  const sealed = randomBytes(110).toString('base64url');
  const mail = (template, { subject, html, text }, to, address, links, calendar) =>
    tx(INSERT_MAIL, [template, to, address, subject, html, text, links, agent.insertId, calendar, at, at]);
  await mail('welcome', welcome, person.insertId, input.email, sealed, CALENDAR);
  await mail('leader-receipt', receipt, leader.personId, leader.email, null, null);
  await tx(
    'UPDATE onboarding_day SET seatsTaken = seatsTaken + 1 WHERE id = ? AND seatsTaken < capacity AND cancelledAt IS NULL',
    [day.id],
  );
  await tx(
    `INSERT INTO booking (agentId, dayId, status, seatAgentId, priority, since, calendarUid, calendarSequence, createdAt,
        seatedAt) VALUES (?, ?, 'booked', ?, 0, ?, ?, 0, ?, ?)`,
    [agent.insertId, day.id, agent.insertId, at, randomBytes(32).toString('base64url'), at, at],
  );
  return {
    id: agent.insertId,
    personId: person.insertId,
    ...input,
    journey: { steps: courses, reasons: courses },
  };
}

const CALENDAR = `BEGIN:VCALENDAR\r\n${'X-PADDING:as long as an invitation\r\n'.repeat(22)}END:VCALENDAR`;
const NO_FACTS =
  '{"begun":null,"completed":null,"passed":null,"completedUnlessFailed":null,"failed":false,"bestScore":null}';

app.post('/api/v1/agents', async (request, reply) => {
  const [who] = await principalOf(request);
  const input = JSON.parse(request.body.toString());
  const on = [input.startOn, input.startOn, input.startOn, input.startOn, who.municipalityCode];
  const [municipality] = await db.read(
    `SELECT m.code, m.name, r.region, m.primaryLeaderId, s.fromOn AS memberFrom, s.toOn AS memberTo FROM municipality m
      LEFT JOIN municipality_region r ON r.municipalityCode = m.code AND r.fromOn <= ? AND (r.toOn IS NULL OR r.toOn >= ?)
      LEFT JOIN membership s ON s.municipalityCode = m.code AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn >= ?)
     WHERE m.code = ?`,
    on,
  );
  const leaders = await db.read(
    `SELECT p.id AS personId, p.firstName, p.lastName, p.email, p.language, r.municipalityCode
       FROM role_assignment r JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
      WHERE r.role = 'leader' AND r.municipalityCode IN (?) ORDER BY p.nameSortKey, p.id`,
    [municipality.code],
  );
  const leader = leaders.find((row) => row.personId === who.personId);
  reply.code(201);
  return db.write((tx) => register(tx, input, leader, municipality.code));
});

async function take(tx, connection, id, text) {
  const message = JSON.parse(text);
  const [enrolment] = await tx(
    `SELECT id, courseId, state, facts FROM enrolment WHERE reference = ?${db.lock}`,
    [message.enrolment],
  );
  const at = now();
  const inbox = await tx(
    `INSERT INTO inbox_message (connectionId, messageId, messageHash, body, status, reason, enrolmentId, receivedAt)
      VALUES (?, ?, ?, ?, 'applied', NULL, ?, ?)`,
    [connection.id, id, sha256(id), text, enrolment.id, at],
  );
  await tx('SELECT creditRule FROM course WHERE id = ?', [enrolment.courseId]);
  const occurredAt = message.occurredAt.replace('T', ' ').replace('Z', '');
  await tx(
    `INSERT INTO completion_event (enrolmentId, occurredAt, completion, success, scoreScaled, seconds, source, inboxMessageId)
      VALUES (?, ?, 'completed', NULL, NULL, NULL, ?, ?)`,
    [enrolment.id, occurredAt, connection.name, inbox.insertId],
  );
  const first = { at: Date.parse(message.occurredAt), source: connection.name };
  const facts = { ...JSON.parse(enrolment.facts), begun: first, completed: first };
  await tx(
    `UPDATE enrolment SET state = ?, success = ?, scoreScaled = ?, begunAt = ?, completedAt = ?, source = ?,
            facts = ?, version = version + 1
      WHERE id = ?`,
    ['completed', null, null, occurredAt, occurredAt, connection.name, JSON.stringify(facts), enrolment.id],
  );
  if (enrolment.state !== 'completed')
    await tx(
      `UPDATE mail SET state = 'cancelled', sealedLinks = NULL
        WHERE aboutType = 'enrolment' AND aboutId = ? AND template = ? AND state IN ('queued', 'retrying')`,
      [enrolment.id, 'elearning-reminder'],
    );
}

app.post('/api/v1/webhooks/completions/:key', async (request, reply) => {
  const [connection] = await db.read(
    'SELECT id, name, sealedSecret, courseIds FROM connection WHERE connectionKey = ?',
    [request.params.key],
  );
  const {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  } = request.headers;
  const text = request.body.toString();
  const secret = Buffer.from(secrets[request.params.key].slice('whsec_'.length), 'base64');
  const wanted = createHmac('sha256', secret).update([id, timestamp, text].join('.')).digest();
  if (!timingSafeEqual(Buffer.from(signature.slice(3), 'base64'), wanted)) throw new Error('signature');
  await db.write((tx) => take(tx, connection, id, text));
  reply.code(202);
  return { messageId: id, status: 'applied' };
});

app.post('/laer/:token/gem', async (request) => {
  const [launch] = await db.read(
    `SELECT l.id, l.attemptId, a.enrolmentId, v.packageId, l.expiresAt, s.id AS sessionId FROM launch l
       JOIN attempt a ON a.id = l.attemptId JOIN person p ON p.id = a.personId JOIN course_version v ON v.id = a.courseVersionId
       LEFT JOIN session s ON s.id = l.sessionId AND s.revokedAt IS NULL AND p.deactivatedAt IS NULL
      WHERE l.tokenHash = ? AND l.endedAt IS NULL`,
    [sha256(request.params.token)],
  );
  const { unit, sequence, payload } = JSON.parse(request.body.toString());
  const { cmi } = payload.runtimeData;
  const at = now();
  const state = await db.write(async (tx) => {
    await tx(`SELECT id, completion FROM attempt WHERE id = ?${db.lock}`, [launch.attemptId]);
    await tx(
      'SELECT scoIndex, launchId, sequence, cmi, secondsBefore, secondsNow FROM sco_state WHERE attemptId = ?',
      [launch.attemptId],
    );
    await tx(db.upsertState, [
      launch.attemptId,
      unit,
      launch.id,
      sequence,
      JSON.stringify(cmi),
      cmi.core.lesson_location,
      600,
      at,
    ]);
    await tx(
      'UPDATE launch SET lastSeenAt = ?, expiresAt = ?, seconds = seconds + ?, sequence = ? WHERE id = ?',
      [at, '2099-01-01 00:00:00.000', 0, sequence, launch.id],
    );
    return tx('SELECT state FROM enrolment WHERE id = ?', [launch.enrolmentId]);
  });
  return { result: true, errorCode: 0, state: state[0].state };
});

app.get('/api/v1/reports/completions', async (request, reply) => {
  await principalOf(request);
  const { rows, page, totals } = reportStatements(today(), `${today()} 23:59:59.999`);
  if (request.query.format) {
    reply.type('text/csv');
    return Readable.from(csv(db.stream(...rows)));
  }
  const [items, counts] = await Promise.all([db.read(...page), db.read(...totals)]);
  return { items, totals: counts };
});

async function* csv(rows) {
  let part = '';
  for await (const row of rows) {
    part += Object.values(row).join(',') + '\n';
    if (part.length < 16_384) continue;
    yield part;
    part = '';
  }
  yield part;
}

await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`bare is ready at http://127.0.0.1:${app.server.address().port}`);

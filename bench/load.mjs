// The load, in a process of its own so that its CPU time is not the server's: posts for a while, answers how long each took.
import { createHmac } from 'node:crypto';
import { Pool } from 'undici';

/** Before the next onboarding day, so that every registration finds a seat. */
const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
const REQUESTS = { registrations: register, webhooks: webhook, commits: commit, report };

process.on('message', (job) => {
  run(job).then(
    (answer) => process.send(answer),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  );
});

async function run(job) {
  const pool = new Pool(job.url, { connections: job.width, pipelining: 1 });
  const request = REQUESTS[job.what];
  const times = [];
  let next = job.from;
  const started = performance.now();
  const worker = async () => {
    while (performance.now() - started < job.ms) {
      const options = request(job, next++);
      const from = performance.now();
      const { statusCode, body } = await pool.request(options);
      const text = await body.text();
      if (statusCode >= 300) throw new Error(`${options.path}: ${statusCode} ${text.slice(0, 500)}`);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: job.width }, worker));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return { times, seconds, next };
}

const json = (path, body, headers) => ({
  method: 'POST',
  path: `/api/v1${path}`,
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

function register({ token }, n) {
  const agent = {
    firstName: 'Bente',
    lastName: `Prøve ${n}`,
    email: `bench.${n}@aarhus.test`,
    startOn: NEXT_WEEK,
  };
  return json('/agents', JSON.stringify(agent), { authorization: `Bearer ${token}` });
}

function webhook({ key, secret, references }, n) {
  const at = new Date();
  const text = JSON.stringify({
    type: 'course.completed',
    occurredAt: at.toISOString(),
    enrolment: references[n % references.length],
  });
  const id = `bench-${n}`;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${timestamp}.${text}`)
    .digest('base64');
  return json(`/webhooks/completions/${key}`, text, {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  });
}

/** What content says every half minute: where it is, and a note of two kilobytes. */
function commit({ tokens }, n) {
  const core = { lesson_status: 'incomplete', lesson_location: `page-${n % 50}`, session_time: '0000:10:00' };
  const cmi = { core, suspend_data: 'x'.repeat(2000) };
  const message = {
    unit: 0,
    sequence: n + 1,
    openSeconds: 600,
    payload: { completionStatus: 'incomplete', successStatus: 'unknown', runtimeData: { cmi } },
  };
  return {
    method: 'POST',
    path: `/laer/${tokens[n % tokens.length]}/gem`,
    body: JSON.stringify(message),
    headers: { 'content-type': 'application/json' },
  };
}

function report({ secretariat, query }) {
  return {
    method: 'GET',
    path: `/api/v1/reports/completions${query}`,
    headers: { authorization: `Bearer ${secretariat}` },
  };
}

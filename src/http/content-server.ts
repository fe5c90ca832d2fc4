import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { parseJson } from '../common/http/parse-json.js';
import { codeRoot } from '../config/paths.js';
import type { Env } from '../config/env.js';
import { PlayerHost, type Shell } from '../modules/player/index.js';
import { Metrics } from '../operations/metrics.js';
import { PageRenderer } from '../web/render/page-renderer.js';
import { CONTENT_POLICY, contentHeaders, SHELL_POLICY } from './content-headers.js';
import { limitBodyTime } from './body-deadline.js';
import { createFastify } from './fastify.js';
import { observeRequests } from './observe-requests.js';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const KEPT = /^\/(afspiller|scorm-again|pakke)\//;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/**
 * The content host: uploaded packages are programs of others, so they are served from a host name of their own, without cookies. It has
 * the player, the files of packages, and what the player sends; nothing of the product's own pages or API.
 */
export async function createContentServer(env: Env, app: NestFastifyApplication): Promise<FastifyInstance> {
  const server = createFastify(env);
  limitBodyTime(server);
  server.addHook('onRequest', contentHeaders(env));
  observeRequests(server, app.get(Metrics), KEPT);
  readMessages(server);
  await servePlayer(server);
  const host = app.get(PlayerHost);
  // Browsers ask for it unasked.
  server.get('/favicon.ico', (_, reply) => reply.status(204).send());
  routeFiles(server, host);
  routeLaunches(server, host, app.get(PageRenderer), env);
  return server;
}

/** A beacon may name its body a plain text; what is in it is the same. */
function readMessages(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(['application/json', 'text/plain'], { parseAs: 'string' }, (_, body, done) =>
    done(null, body),
  );
}

/** Our own player and the SCORM library, which change with a release only. The library's scripts for `<script>` lie where it says for `require`. */
async function servePlayer(server: FastifyInstance): Promise<void> {
  const library = dirname(createRequire(import.meta.url).resolve('scorm-again/scorm12/min'));
  const options = { index: false as const, maxAge: HOUR_MS };
  await server.register(fastifyStatic, {
    root: join(codeRoot, 'modules/player/public'),
    prefix: '/afspiller/',
    ...options,
  });
  await server.register(fastifyStatic, {
    root: library,
    prefix: '/scorm-again/',
    decorateReply: false,
    allowedPath: (path) => /^\/scorm(12|2004)\.min\.js$/.test(path),
    ...options,
  });
}

function routeFiles(server: FastifyInstance, host: PlayerHost): void {
  server.get<{ Params: { key: string; '*': string } }>('/pakke/:key/*', async (request, reply) => {
    // A service worker of a package would outlive the launch and could answer for others.
    if (request.headers['service-worker'] !== undefined) return reply.status(403).send();
    const file = await host.file(request.params.key, request.params['*']);
    if (!file)
      return reply
        .status(404)
        .type('text/plain; charset=utf-8')
        .send('Filen findes ikke. / There is no such file.');
    void reply.header('content-security-policy', CONTENT_POLICY).type(file.type);
    return reply.sendFile(basename(file.path), dirname(file.path), { maxAge: WEEK_MS, contentType: false });
  });
}

function routeLaunches(server: FastifyInstance, host: PlayerHost, renderer: PageRenderer, env: Env): void {
  server.get<{ Params: { token: string } }>('/laer/:token', async (request, reply) => {
    const { token } = request.params;
    const shell: Shell = TOKEN.test(token)
      ? await host.shell(token)
      : { kind: 'closed', reason: 'unknown', language: 'da', backUrl: env.PUBLIC_URL };
    return sendShell(reply, shell, renderer, env);
  });
  server.post<{ Params: { token: string }; Body: string }>('/laer/:token/gem', async (request, reply) => {
    const { token } = request.params;
    if (!TOKEN.test(token)) return reply.status(401).send(refusal('unknown'));
    const text = typeof request.body === 'string' ? request.body : '';
    const answer = await host.commit(token, text, readJson(text));
    if (answer.status !== 200) return reply.status(answer.status).send(refusal(answer.reason));
    return { result: true, errorCode: 0, ...answer.saved };
  });
  server.post<{ Params: { token: string } }>('/laer/:token/slut', async (request, reply) => {
    await host.end(request.params.token);
    return reply.status(204).send();
  });
}

function sendShell(reply: FastifyReply, shell: Shell, renderer: PageRenderer, env: Env): FastifyReply {
  void reply.header('content-security-policy', SHELL_POLICY).type('text/html; charset=utf-8');
  const page = {
    language: shell.kind === 'player' ? shell.model.language : shell.language,
    zone: env.TZ_NAME,
    organisation: env.ORGANISATION_NAME,
    supportEmail: env.SUPPORT_EMAIL,
  };
  if (shell.kind === 'closed') {
    void reply.status(shell.reason === 'package_missing' ? 503 : 410);
    return reply.send(renderer.renderBare('player/closed', { page, ...shell }));
  }
  // A script element ends at `</script`, whatever language is in it.
  const json = JSON.stringify(shell.model).replaceAll('<', '\\u003c');
  return reply.send(renderer.renderBare('player/shell', { page, launch: shell.model, json }));
}

/** SCORM's own form of a refusal (391: general commit failure), and the reason. */
function refusal(reason: string): object {
  return { result: false, errorCode: 391, reason };
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './create-app.js';
import { LISTEN_BACKLOG } from './http/listen-backlog.js';
import { withContentPort } from './config/content-port.js';
import { EnvError, readEnv, type Env } from './config/env.js';
import { demoBanner } from './demo/demo-banner.js';

const SHUTDOWN_MS = 10_000;

/** Starts the server; every fault that keeps it from starting is one message and exit code 1. */
async function main(): Promise<void> {
  const env = await withContentPort(readEnv(process.env), process.env);
  const { app, content } = await createApp(env);
  await content.listen({ port: env.CONTENT_PORT, host: env.HOST, backlog: LISTEN_BACKLOG });
  await app.listen({ port: env.PORT, host: env.HOST, backlog: LISTEN_BACKLOG });
  endInTime(app);
  console.log(`Vagtklar is ready at ${publicUrl(env, app)}`);
  if (env.DEMO_DATA !== 'none') console.log(demoBanner(env));
  if (env.isProduction && !process.env['CONTENT_URL'])
    console.warn('CONTENT_URL is not set: uploaded e-learning can be opened on this machine only.');
  if (env.isProduction && !env.SMTP_URL)
    console.warn(`SMTP_URL is not set: no mail leaves this machine, each becomes a file in ${env.MAIL_DIR}.`);
}

/** The address to open; with `PORT=0` the one that was given. */
function publicUrl(env: Env, app: NestFastifyApplication): string {
  if (env.PORT !== 0) return env.PUBLIC_URL;
  const address = app.getHttpServer().address();
  return typeof address === 'object' && address ? `http://localhost:${address.port}` : env.PUBLIC_URL;
}

/** Requests under way finish, but the process is gone ten seconds after it was asked to go. */
function endInTime(app: NestFastifyApplication): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => setTimeout(() => process.exit(1), SHUTDOWN_MS).unref());
  app.flushLogs();
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});

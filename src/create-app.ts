import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import { SystemClock, type Clock } from './common/clock.js';
import { ValidationPipe } from './common/http/validation.js';
import type { Env } from './config/env.js';
import { createContentServer } from './http/content-server.js';
import { registerBodyParser } from './http/body-parser.js';
import { limitBodyTime } from './http/body-deadline.js';
import { createFastify } from './http/fastify.js';
import { JsonLogger } from './http/json-logger.js';
import { serveOpenApi } from './http/openapi.js';
import { observeRequests } from './http/observe-requests.js';
import { securityHeaders } from './http/security-headers.js';
import { acceptUploads } from './http/uploads.js';
import { serveAssets } from './http/static-assets.js';
import { Metrics } from './operations/metrics.js';

/** The two servers of one process: the product, and the content host beside it. */
export interface Servers {
  app: NestFastifyApplication;
  /** Ends with the product. */
  content: FastifyInstance;
}

/** Builds the application, ready to listen. */
export async function createApp(env: Env, clock: Clock = new SystemClock()): Promise<Servers> {
  const fastify = createFastify(env);
  limitBodyTime(fastify);
  const module = AppModule.forRoot(env, { clock, exclusive: true });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(fastify), {
    logger: new JsonLogger(fastify.log),
    bodyParser: false,
    abortOnError: false,
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    max: env.ANONYMOUS_REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
  });
  await app.register(helmet, securityHeaders(env));
  registerBodyParser(fastify);
  await app.register(formbody, { bodyLimit: 262_144 });
  await acceptUploads(app, fastify);
  await serveAssets(app);
  observeRequests(fastify, app.get(Metrics));
  app.useGlobalPipes(new ValidationPipe());
  app.enableShutdownHooks([], { useProcessExit: true });
  serveOpenApi(app);
  const content = await createContentServer(env, app);
  fastify.addHook('onClose', () => content.close());
  return { app, content };
}

/** Builds the application without a server, for command-line tools beside a running one. */
export function createContext(env: Env): Promise<INestApplicationContext> {
  const quiet = { ...env, BACKGROUND_WORK: false };
  return NestFactory.createApplicationContext(
    AppModule.forRoot(quiet, { clock: new SystemClock(), exclusive: false }),
    {
      logger: ['error', 'warn'],
      abortOnError: false,
    },
  );
}

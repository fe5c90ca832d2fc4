import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { codeRoot } from '../config/paths.js';

const HOUR_MS = 3_600_000;

/** Serves the design system (with its fonts and images, which its style sheets refer to) and our own few files. */
export async function serveAssets(app: NestFastifyApplication): Promise<void> {
  // The package exports its script only; everything else lies beside that script's folder.
  const dkfds = dirname(dirname(createRequire(import.meta.url).resolve('dkfds')));
  const options = { index: false as const, maxAge: HOUR_MS };
  await app.register(fastifyStatic, { root: dkfds, prefix: '/assets/dkfds/', ...options });
  await app.register(fastifyStatic, {
    root: `${codeRoot}web/public/`,
    prefix: '/assets/',
    decorateReply: false,
    ...options,
  });
}

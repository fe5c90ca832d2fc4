import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TABLE_LIMIT } from '../common/http/body-limits.js';

const UPLOAD_PATHS =
  /^\/(api\/v1\/[a-z-]+-imports|agenter\/import|indstillinger\/brugere\/import|e-laering\/gennemfoerelser)(\?|$)/;
const TABLE_TYPES = [
  'text/csv',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/**
 * Takes tables in on the paths of imports alone, and only from somebody who shows a sign-in: a body of this size from
 * anybody, anywhere, would fill the memory.
 */
export async function acceptUploads(app: NestFastifyApplication, fastify: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: TABLE_LIMIT, files: 1, fields: 20, fieldSize: 10_000, parts: 25 },
    async onFile(
      this: FastifyRequest,
      part: { filename: string; toBuffer: () => Promise<Buffer>; value?: unknown },
    ) {
      assertUpload(this);
      // What the field of a form becomes in the body.
      part.value = { fileName: part.filename, content: await part.toBuffer() };
    },
  } as never);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type'] ?? '';
    if (!type.toLowerCase().startsWith('multipart/')) return done();
    try {
      assertUpload(request);
      if (!/boundary=./i.test(type)) throw fault('The form names no boundary.', 400);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(
    TABLE_TYPES,
    { parseAs: 'buffer', bodyLimit: TABLE_LIMIT },
    (request, body, done) => {
      try {
        assertUpload(request);
        done(null, body);
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function assertUpload(request: FastifyRequest): void {
  const showsSignIn = request.headers.authorization !== undefined || request.headers.cookie !== undefined;
  if (UPLOAD_PATHS.test(request.url) && showsSignIn) return;
  throw fault('No file is taken here.', 415);
}

function fault(message: string, statusCode: number): Error {
  return Object.assign(new Error(message), { statusCode });
}

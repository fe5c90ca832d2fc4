import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { uploadKind } from '../common/http/upload.decorator.js';

const TABLE_TYPES = [
  'text/csv',
  'text/calendar',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];
const PACKAGE_TYPES = ['application/zip', 'application/x-zip-compressed'];
const FILE_TYPES = [...TABLE_TYPES, ...PACKAGE_TYPES];

/** A slow line may take a while, but must not stand still for longer. */
const STILL_MS = 30_000;

/**
 * Lets files in where a route says so (`@Upload`), and refuses them anywhere else before they are read. Nothing is read here: that is
 * done once it is known who sends it (`UploadGuard`).
 */
export async function acceptUploads(app: NestFastifyApplication, fastify: FastifyInstance): Promise<void> {
  await app.register(multipart);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const type = (request.headers['content-type'] ?? '').toLowerCase();
    const isForm = type.startsWith('multipart/');
    if (!isForm && !FILE_TYPES.some((known) => type.startsWith(known))) return done();
    if (uploadKind(request) === undefined) return done(fault('No file is taken here.', 415));
    if (isForm && !/boundary=./.test(type)) return done(fault('The form names no boundary.', 400));
    keepMoving(request);
    done();
  });
  fastify.addContentTypeParser(FILE_TYPES, (_request, payload, done) => done(null, payload));
}

function keepMoving(request: FastifyRequest): void {
  const { raw } = request;
  raw.socket.setTimeout(STILL_MS, () => raw.destroy());
  raw.once('close', () => raw.socket?.setTimeout(0));
}

function fault(message: string, statusCode: number): Error {
  return Object.assign(new Error(message), { statusCode });
}

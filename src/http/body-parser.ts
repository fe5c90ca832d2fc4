import type { FastifyInstance } from 'fastify';
import { parseJson } from '../common/http/parse-json.js';
import type { AppRequest } from '../common/http/app-request.js';

/** Signed messages are kept as they came; what is in them is read after the signature was found right. */
const RAW_PATH = '/api/v1/webhooks/';

/** Reads JSON bodies strictly, and leaves those of webhooks as bytes. */
export function registerBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.url.startsWith(RAW_PATH)) {
      (request as AppRequest).rawBody = body as Buffer;
      return done(null, undefined);
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer);
      done(null, text === '' ? undefined : parseJson(text));
    } catch {
      done(Object.assign(new Error('The body is not valid JSON.'), { statusCode: 400 }));
    }
  });
}

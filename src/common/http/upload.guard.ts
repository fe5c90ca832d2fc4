import type { Readable } from 'node:stream';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '../domain-error.js';
import type { AppRequest } from './app-request.js';
import { TABLE_LIMIT } from './body-limits.js';
import { uploadKind } from './upload.decorator.js';

/** A file of a `package` upload; whoever takes it reads it to its end. */
export interface StreamedFile {
  fileName: string;
  stream: Readable;
}

const FIELD_LIMITS = { files: 1, fields: 20, fieldSize: 10_000, parts: 25 };

/**
 * Reads uploads, after it is known who sends them and before anything else: the fields of the form become the body, with the file among
 * them. Of a package only what stands before the file is read here, so that nothing of it is held in memory.
 */
@Injectable()
export class UploadGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AppRequest>();
    const kind = uploadKind(request);
    if (!kind) return true;
    if (request.isMultipart())
      request.body = await (kind === 'table' ? wholeForm(request) : formUpToFile(request));
    else if (isStream(request.body))
      request.body = kind === 'table' ? await wholeBody(request.body) : { file: asFile(request.body) };
    return true;
  }
}

async function wholeForm(request: AppRequest): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for await (const part of request.parts({ limits: { ...FIELD_LIMITS, fileSize: TABLE_LIMIT } }))
    setField(
      body,
      part.fieldname,
      part.type === 'file' ? { fileName: part.filename, content: await part.toBuffer() } : part.value,
    );
  return body;
}

async function formUpToFile(request: AppRequest): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for await (const part of request.parts({
    limits: { ...FIELD_LIMITS, fileSize: Number.MAX_SAFE_INTEGER },
  })) {
    const isFile = part.type === 'file';
    setField(body, part.fieldname, isFile ? { fileName: part.filename, stream: part.file } : part.value);
    // Going on to the next part would wait for this one to be read.
    if (isFile) return body;
  }
  return body;
}

/** Names such as `__proto__` are fields like others, and none of ours. */
function setField(body: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(body, name, { value, enumerable: true, configurable: true, writable: true });
}

async function wholeBody(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > TABLE_LIMIT) throw new DomainError('body_too_large', 'too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function asFile(stream: Readable): StreamedFile {
  return { fileName: 'package.zip', stream };
}

function isStream(body: unknown): body is Readable {
  return typeof (body as Readable | null)?.pipe === 'function';
}

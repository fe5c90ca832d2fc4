import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import type { UploadedFile } from './import.service.js';

/** The uploaded file of a request: the field `file` of a form, or the body itself when a program sends just the table. */
export function uploadedFile(request: AppRequest): UploadedFile | undefined {
  const body: unknown = request.body;
  if (Buffer.isBuffer(body)) return { fileName: 'upload', content: body };
  const file = (body as { file?: unknown } | null | undefined)?.file;
  return isUploadedFile(file) ? file : undefined;
}

/** The text fields of a multipart form, or of the address when the body is the table. */
export function uploadOptions(request: AppRequest, names: readonly string[]): Record<string, string> {
  const fields = {
    ...(request.query as object),
    ...(Buffer.isBuffer(request.body) ? {} : (request.body as object)),
  };
  const known = Object.entries(fields).filter(([name]) => names.includes(name));
  return Object.fromEntries(known.map(([name, value]) => [name, textOf(name, value)]));
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string' && value.length <= 100) return value;
  throw new DomainError('invalid_input', 'malformed', { faults: [{ field: name, code: 'invalid_choice' }] });
}

function isUploadedFile(file: unknown): file is UploadedFile {
  return (
    typeof file === 'object' && file !== null && Buffer.isBuffer((file as Partial<UploadedFile>).content)
  );
}

import type { AppRequest } from './app-request.js';
import type { StreamedFile } from './upload.guard.js';

/** An uploaded package with the fields beside it. */
export interface PackageUpload {
  file: StreamedFile | undefined;
  fields: Record<string, unknown>;
}

/**
 * What a program or a form uploaded: the fields of the form, or those of the address when the body is the package. Undefined when the
 * request brings no file at all but JSON.
 */
export function packageUpload(request: AppRequest): PackageUpload | undefined {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return undefined;
  const { file, ...fields } = (request.body ?? {}) as Record<string, unknown>;
  const ours = Object.entries(fields).filter(([name, value]) => !name.startsWith('_') && value !== '');
  const isForm = type.startsWith('multipart/');
  return {
    file: file as StreamedFile | undefined,
    fields: isForm ? Object.fromEntries(ours) : { ...(request.query as object) },
  };
}

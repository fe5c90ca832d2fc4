import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** What is uploaded: a `table` is small and read as a whole, a `package` goes to the disk piece by piece. */
export type UploadKind = 'table' | 'package';

/** Lets a route take a file; every other route refuses one before it is read. */
export const Upload = (kind: UploadKind) => RouteConfig({ upload: kind });

/** What the route of a request takes, if anything. */
export function uploadKind(request: FastifyRequest): UploadKind | undefined {
  return (request.routeOptions.config as { upload?: UploadKind } | undefined)?.upload;
}

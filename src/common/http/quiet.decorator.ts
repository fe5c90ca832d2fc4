import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** Leaves no line in the log and no count in the metrics, since both tell when a request came. */
export const Quiet = () => RouteConfig({ quiet: true });

/** Whether the route of a request is to leave nothing. */
export function isQuiet(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { quiet?: boolean } | undefined)?.quiet === true;
}

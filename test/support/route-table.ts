import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from '../../src/common/access/access.decorator.js';
import type { TestApp } from './test-app.js';

/** A route as the running application has it. */
export interface Route {
  method: string;
  path: string;
  access: RouteAccess | undefined;
}

/** Every route of every controller. */
export function routeTable(app: TestApp): Route[] {
  const controllers = app.app.get(DiscoveryService, { strict: false }).getControllers();
  const scanner = new MetadataScanner();
  const reflector = new Reflector();
  return controllers.flatMap(({ instance, metatype }) =>
    scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name) => {
      const handler = (instance as Record<string, (...args: never[]) => unknown>)[name]!;
      const method = reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
      if (method === undefined) return [];
      const base = reflector.get<string>(PATH_METADATA, metatype as never);
      const path = `/${base}/${reflector.get<string>(PATH_METADATA, handler)}`
        .replace(/\/+/g, '/')
        .replace(/(.)\/$/, '$1');
      const access = reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
        handler,
        metatype as never,
      ]);
      return [{ method: RequestMethod[method], path, access }];
    }),
  );
}

import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { ENV, type Env } from '../config/env.js';
import { PageInterceptor } from './render/page.interceptor.js';
import { PageRenderer } from './render/page-renderer.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { AppCookies } from './security/cookies.js';

/** Everything that makes answers into pages: layout, catalogues, cookies, errors. */
@Global()
@Module({
  providers: [
    PageRenderer,
    { provide: AppCookies, inject: [ENV], useFactory: (env: Env) => new AppCookies(env) },
    { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [PageRenderer, AppCookies],
})
export class WebModule {}

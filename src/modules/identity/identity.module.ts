import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ENV, type Env } from '../../config/env.js';
import { CsrfGuard } from '../../web/security/csrf.guard.js';
import { AuditModule } from '../audit/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { AccessGuard } from './access.guard.js';
import { AccountService } from './account.service.js';
import { AnonymousRateGuard } from './anonymous-rate.guard.js';
import { AuthController } from './auth.controller.js';
import { ExpiredCredentials } from './expired-credentials.js';
import { JWT_KEY, JWT_OPTIONS, jwtKey } from './jwt-key.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LanguagePages } from './language.pages.js';
import { LinkService } from './link.service.js';
import { LocalStrategy } from './local.strategy.js';
import { PasswordService } from './password.service.js';
import { PeopleQueries } from './people.queries.js';
import { PeopleService } from './people.service.js';
import { SessionService } from './session.service.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { SignInPages } from './sign-in.pages.js';
import { SignInService } from './sign-in.service.js';
import { UsersController } from './users.controller.js';
import { UserQueries } from './users.queries.js';
import { UserService } from './users.service.js';

/** People, roles, sign-in and the guards that stand before every route. */
@Module({
  imports: [
    AuditModule,
    MunicipalitiesModule,
    NotificationsModule,
    PassportModule,
    JwtModule.registerAsync({
      inject: [ENV],
      useFactory: (env: Env) => ({
        secret: jwtKey(env.APP_SECRET) as unknown as Buffer,
        signOptions: JWT_OPTIONS,
      }),
    }),
  ],
  controllers: [AuthController, UsersController, SignInPages, LanguagePages],
  providers: [
    { provide: JWT_KEY, inject: [ENV], useFactory: (env: Env) => jwtKey(env.APP_SECRET) },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: AnonymousRateGuard },
    { provide: APP_GUARD, useClass: CsrfGuard },
    JwtStrategy,
    LocalStrategy,
    PeopleService,
    PeopleQueries,
    SessionService,
    LinkService,
    SignInThrottle,
    SignInService,
    AccountService,
    PasswordService,
    UserService,
    UserQueries,
    ExpiredCredentials,
  ],
  exports: [
    ExpiredCredentials,
    PeopleService,
    PeopleQueries,
    LinkService,
    SignInService,
    AccountService,
    UserService,
  ],
})
export class IdentityModule {}

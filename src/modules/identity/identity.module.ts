import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { UploadGuard } from '../../common/http/upload.guard.js';
import { ENV, type Env } from '../../config/env.js';
import { CsrfGuard } from '../../web/security/csrf.guard.js';
import { AuditModule } from '../audit/index.js';
import { importController, importPages, ImportsModule } from '../imports/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { AbsenceService } from './absence.service.js';
import { AccessEnds } from './access-ends.js';
import { AccessGuard } from './access.guard.js';
import { AccountService } from './account.service.js';
import { AnonymousRateGuard } from './anonymous-rate.guard.js';
import { ApiTokenPrincipals } from './api-token-principals.js';
import { ApiTokenService } from './api-token.service.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { ApiTokensPages } from './api-tokens.pages.js';
import { AuthController } from './auth.controller.js';
import { ExpiredCredentials } from './expired-credentials.js';
import { FirstLeaderService } from './first-leader.service.js';
import { FirstLeadersController } from './first-leaders.controller.js';
import { IdentityPersonalData } from './identity-personal-data.js';
import { JWT_KEY, JWT_OPTIONS, jwtKey } from './jwt-key.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LanguagePages } from './language.pages.js';
import { LeaderAppointments } from './leader-appointments.js';
import { LeaderMailService } from './leader-mail.service.js';
import { LinkService } from './link.service.js';
import { LocalStrategy } from './local.strategy.js';
import { MunicipalitiesPages } from './municipalities.pages.js';
import { PasswordService } from './password.service.js';
import { PeopleQueries } from './people.queries.js';
import { PeopleService } from './people.service.js';
import { SessionService } from './session.service.js';
import { SettingsPages } from './settings.pages.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { SignInPages } from './sign-in.pages.js';
import { SignInService } from './sign-in.service.js';
import { UserChangesService } from './user-changes.service.js';
import { UserChoices } from './user-choices.js';
import { UserImport } from './user-import.js';
import { UserAddresses } from './user-addresses.js';
import { UserLifecycle } from './user-lifecycle.js';
import { UserRoleChanges } from './user-role-changes.js';
import { UserLockout } from './user-lockout.js';
import { UserPages } from './user.pages.js';
import { UsersController } from './users.controller.js';
import { UsersPages } from './users.pages.js';
import { UserQueries } from './users.queries.js';
import { UserService } from './users.service.js';

const USER_IMPORT = { kind: 'users', roles: ['secretariat'] as const };

/** People, roles, sign-in and the guards that stand before every route. */
@Module({
  imports: [
    AuditModule,
    ImportsModule,
    MunicipalitiesModule,
    NotificationsModule,
    PrivacyModule,
    TasksModule,
    PassportModule,
    JwtModule.registerAsync({
      inject: [ENV],
      useFactory: (env: Env) => ({
        secret: jwtKey(env.APP_SECRET) as unknown as Buffer,
        signOptions: JWT_OPTIONS,
      }),
    }),
  ],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    AuthController,
    importController({ ...USER_IMPORT, path: 'user-imports' }),
    UsersController,
    FirstLeadersController,
    ApiTokensController,
    SignInPages,
    LanguagePages,
    SettingsPages,
    importPages({ ...USER_IMPORT, path: 'indstillinger/brugere/import' }),
    UsersPages,
    UserPages,
    MunicipalitiesPages,
    ApiTokensPages,
  ],
  providers: [
    { provide: JWT_KEY, inject: [ENV], useFactory: (env: Env) => jwtKey(env.APP_SECRET) },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: AnonymousRateGuard },
    { provide: APP_GUARD, useClass: UploadGuard },
    { provide: APP_GUARD, useClass: CsrfGuard },
    AccessEnds,
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
    UserChangesService,
    UserChoices,
    UserLockout,
    UserRoleChanges,
    UserLifecycle,
    UserAddresses,
    UserImport,
    AbsenceService,
    FirstLeaderService,
    LeaderAppointments,
    LeaderMailService,
    ApiTokenPrincipals,
    ApiTokenService,
    IdentityPersonalData,
    ExpiredCredentials,
  ],
  exports: [
    AccessEnds,
    ExpiredCredentials,
    PeopleService,
    PeopleQueries,
    LinkService,
    SignInService,
    AccountService,
    UserService,
    LeaderAppointments,
    LeaderMailService,
    UserLifecycle,
  ],
})
export class IdentityModule {}

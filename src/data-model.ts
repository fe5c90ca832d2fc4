import type { Entities } from './database/open-database.js';
import { IdempotencyKey } from './database/idempotency.entity.js';
import { Agent, Employment } from './modules/agents/index.js';
import { AuditEntry } from './modules/audit/index.js';
import { CompletionEvent, Course, CourseVersion, Enrolment } from './modules/courses/index.js';
import {
  LinkToken,
  Person,
  RefreshToken,
  RoleAssignment,
  Session,
  SignInCounter,
} from './modules/identity/index.js';
import { Membership, Municipality, MunicipalityRegion } from './modules/municipalities/index.js';
import { Mail } from './modules/notifications/index.js';
import { OnboardingDay } from './modules/onboarding-days/index.js';
import { Connection, InboxMessage } from './modules/tracking/index.js';

/** The tables of all modules. */
export const entities: Entities = [
  IdempotencyKey,
  AuditEntry,
  Municipality,
  MunicipalityRegion,
  Membership,
  Mail,
  Person,
  RoleAssignment,
  Session,
  RefreshToken,
  LinkToken,
  SignInCounter,
  Agent,
  Employment,
  Course,
  CourseVersion,
  Enrolment,
  CompletionEvent,
  Connection,
  InboxMessage,
  OnboardingDay,
];

import type { Entities } from './database/open-database.js';
import { IdempotencyKey } from './database/idempotency.entity.js';
import { JobLease } from './database/job-lease.entity.js';
import { Agent, Employment, TransferRequest } from './modules/agents/index.js';
import { AuditEntry } from './modules/audit/index.js';
import { CompletionEvent, Course, CourseVersion, Enrolment, Waiver } from './modules/courses/index.js';
import {
  Absence,
  ApiToken,
  LinkToken,
  Person,
  RefreshToken,
  RoleAssignment,
  Session,
  SignInCounter,
} from './modules/identity/index.js';
import { Membership, Municipality, MunicipalityRegion } from './modules/municipalities/index.js';
import { ColumnMappingRow, ImportJob, ImportRow } from './modules/imports/index.js';
import { ContentPackage } from './modules/packages/index.js';
import { SavedReport } from './modules/reports/index.js';
import { Task } from './modules/tasks/index.js';
import { Mail } from './modules/notifications/index.js';
import {
  Attendance,
  AttendanceMark,
  Booking,
  CalendarFeed,
  InvitationRound,
  Invitee,
  OnboardingDay,
} from './modules/onboarding-days/index.js';
import {
  AgentSkill,
  Guide,
  GuideAudience,
  GuideImage,
  GuideReport,
  GuideVersion,
  ReadReceipt,
} from './modules/guides/index.js';
import {
  MinutesNotice,
  ReadingNotice,
  ReadinessOverride,
  ReadinessPolicy,
  ReadingRequirement,
  ReadinessMessage,
  ReadinessSubscription,
  ReadinessTold,
} from './modules/readiness/index.js';
import { Shift, ShiftImport, ShiftImportAgent, ShiftImportRow, ShiftPlan } from './modules/shifts/index.js';
import {
  ClosingExclusion,
  CoachGrant,
  CoachingTalk,
  CoachingTime,
  FigureAlias,
  FigureCorrection,
  FigureDispute,
  FiguresAgreement,
  MonthClosing,
  QualityCase,
  QualityCaseMonth,
  QualityPolicyVersion,
  ResolutionFigure,
  ResolutionMonth,
} from './modules/quality/index.js';
import { Attempt, Launch, PlayerMessage, ScoState } from './modules/player/index.js';
import { Connection, InboxMessage } from './modules/tracking/index.js';

/** The tables of all modules. */
export const entities: Entities = [
  IdempotencyKey,
  JobLease,
  AuditEntry,
  Task,
  ImportJob,
  ImportRow,
  ColumnMappingRow,
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
  Absence,
  ApiToken,
  Agent,
  Employment,
  TransferRequest,
  ContentPackage,
  Course,
  CourseVersion,
  Enrolment,
  CompletionEvent,
  Waiver,
  Connection,
  InboxMessage,
  Attempt,
  Launch,
  ScoState,
  PlayerMessage,
  OnboardingDay,
  Booking,
  Attendance,
  AttendanceMark,
  CalendarFeed,
  InvitationRound,
  Invitee,
  Guide,
  GuideVersion,
  GuideAudience,
  AgentSkill,
  ReadReceipt,
  GuideImage,
  GuideReport,
  Shift,
  ShiftPlan,
  ShiftImport,
  ShiftImportRow,
  ShiftImportAgent,
  ReadingRequirement,
  ReadingNotice,
  MinutesNotice,
  ReadinessSubscription,
  ReadinessTold,
  ReadinessMessage,
  ReadinessPolicy,
  ReadinessOverride,
  FiguresAgreement,
  QualityPolicyVersion,
  ResolutionMonth,
  ResolutionFigure,
  FigureCorrection,
  FigureAlias,
  MonthClosing,
  ClosingExclusion,
  QualityCase,
  QualityCaseMonth,
  FigureDispute,
  CoachGrant,
  CoachingTalk,
  CoachingTime,
  SavedReport,
];

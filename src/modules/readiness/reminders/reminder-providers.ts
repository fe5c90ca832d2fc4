import { AcuteGuideMail } from './acute-guide.mail.js';
import { AcuteGuideQueries } from './acute-guides.queries.js';
import { AcuteGuides } from './acute-guides.js';
import { DigestContents } from './digest-contents.queries.js';
import { DigestMail } from './digest.mail.js';
import { DigestWriter } from './digest-writer.js';
import { DueAgents } from './due-agents.queries.js';
import { GuideAnnouncements } from './guide-announcements.js';
import { GuideMinutes } from './guide-minutes.js';
import { GuideMinutesMail } from './guide-minutes.mail.js';
import { GuideMinutesQueries } from './guide-minutes.queries.js';
import { LeaderReadingMail } from './leader-reading.mail.js';
import { LeaderReadingQueries } from './leader-reading.queries.js';
import { LeaderReadings } from './leader-readings.js';
import { NoticePruning } from './notice-pruning.js';
import { NoticeWriter } from './notice-writer.js';
import { ReadingDigests } from './reading-digests.js';
import { ReadingReasons } from './reading-reasons.js';
import { ReminderHours } from './reminder-hours.js';

/** What mails agents and leaders about reading; the readiness module provides them. */
export const REMINDER_PROVIDERS = [
  AcuteGuideMail,
  AcuteGuideQueries,
  AcuteGuides,
  DigestContents,
  DigestMail,
  DigestWriter,
  DueAgents,
  GuideAnnouncements,
  GuideMinutes,
  GuideMinutesMail,
  GuideMinutesQueries,
  LeaderReadingMail,
  LeaderReadingQueries,
  LeaderReadings,
  NoticePruning,
  NoticeWriter,
  ReadingDigests,
  ReadingReasons,
  ReminderHours,
];

/** The mails there are; each has a folder in `mail-templates/`. */
export type MailTemplate =
  | 'welcome'
  | 'leader-receipt'
  | 'invitation'
  | 'password-reset'
  | 'sign-in-link'
  | 'personal-link'
  | 'elearning-reminder'
  | 'elearning-retake-reminder'
  | 'agent-transferred'
  | 'transfer-request'
  | 'membership-ended'
  | 'mail-undeliverable'
  | 'course-published'
  | 'course-again'
  | 'connection-alarm'
  | 'onboarding-seat'
  | 'onboarding-seat-leader'
  | 'onboarding-reminder'
  | 'onboarding-thanks'
  | 'onboarding-round'
  | 'onboarding-invitation'
  | 'reading-digest'
  | 'reading-leader'
  | 'guide-acute'
  | 'guide-minutes-leader'
  | 'readiness-dispute'
  | 'survey-invitation'
  | 'survey-reminder'
  | 'survey-published'
  | 'quality-agent'
  | 'quality-leader'
  | 'coaching-offer'
  | 'coaching-coach'
  | 'coaching-booked'
  | 'coaching-cancelled';

/** Who gets a mail. */
export interface MailReceiver {
  personId: number | null;
  firstName: string;
  address: string;
  language: string;
}

/** A mail to be sent. */
export interface MailOrder {
  template: MailTemplate;
  to: MailReceiver;
  /** Plain values for the template. */
  variables: Record<string, unknown>;
  /** Links that let somebody in: encrypted until they are sent, and never shown to anyone else. */
  secretLinks?: Record<string, string>;
  /** Two orders with the same key make one mail. */
  dedupeKey?: string;
  /** A calendar entry to go with it (iCalendar with its method). */
  calendar?: string;
  about?: { type: string; id: number };
  /** Not before this instant; now when left out. */
  notBefore?: Date;
}

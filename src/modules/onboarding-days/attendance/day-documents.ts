import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { formatLongDate } from '../../../web/format.js';
import { translator } from '../../../web/i18n/translate.js';
import { AttendanceQueries } from './attendance.queries.js';
import { writeBadges } from './name-badges.js';
import { OnboardingDayQueries } from '../onboarding-days.queries.js';
import { writeParticipants } from './participant-list.js';
import { PdfDocument } from './pdf-document.js';

/** A document of a day, ready to be sent. */
export interface DayDocument {
  on: string;
  stream: Readable;
}

/** The documents that are printed for a day. */
@Injectable()
export class DayDocuments {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly days: OnboardingDayQueries,
    private readonly attendances: AttendanceQueries,
  ) {}

  /** Everybody on the list, with room to sign. @throws DomainError `not_found` */
  async participants(dayId: number, language: string): Promise<DayDocument> {
    const { day, rows } = await this.load(dayId);
    const t = translator(language);
    const title = t('dayDocuments.listTitle', { on: formatLongDate(day.on, language) });
    const document = new PdfDocument(title, language);
    return {
      on: day.on,
      stream: document.stream((pdf) => writeParticipants(pdf, { title, venue: day.venue, rows, t })),
    };
  }

  /** A name badge for everybody on the list. @throws DomainError `not_found` */
  async badges(dayId: number, language: string): Promise<DayDocument> {
    const { day, rows } = await this.load(dayId);
    const t = translator(language);
    const document = new PdfDocument(
      t('dayDocuments.badgesTitle', { on: formatLongDate(day.on, language) }),
      language,
    );
    return {
      on: day.on,
      stream: document.stream((pdf) =>
        writeBadges(pdf, rows, this.env.ORGANISATION_NAME, t('dayDocuments.nobody')),
      ),
    };
  }

  private async load(dayId: number) {
    const day = await this.days.find(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    return { day, rows: await this.attendances.list(dayId) };
  }
}

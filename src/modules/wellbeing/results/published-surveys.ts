import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { formatNumber } from '../../../web/format.js';
import { toLanguage } from '../../../web/i18n/translate.js';
import { MineCards, type MineCard } from '../../onboarding/index.js';

const SHOWN = 5;

/** A published wave as agents see it. */
export interface PublishedSurvey {
  title: string;
  year: number;
  message: string;
  rows: { label: string; answers: number; mean: string }[];
}

interface Raw {
  id: number;
  title: string;
  year: number;
  messageDa: string;
  messageEn: string | null;
}
interface RawFigure {
  surveyId: number;
  answers: number;
  mean: number;
  da: string;
  en: string;
  place: number;
}

/** Reads what agents are told: the totals of published waves and what is done about them. */
@Injectable()
export class PublishedSurveys implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly cards: MineCards,
  ) {}

  onModuleInit(): void {
    this.cards.offer(() => this.card());
  }

  /** The latest published waves with the figures of all agents together. */
  async list(language: string): Promise<PublishedSurvey[]> {
    const surveys = await this.latest();
    const figures = await this.figures(surveys.map(({ id }) => id));
    const chosen = toLanguage(language);
    return surveys.map(({ id, title, year, messageDa, messageEn }) => ({
      title,
      year,
      message: chosen === 'en' ? (messageEn ?? messageDa) : messageDa,
      rows: figures
        .filter(({ surveyId }) => surveyId === id)
        .map(({ answers, mean, [chosen]: label }) => ({
          label,
          answers,
          mean: formatNumber(Math.round(mean), language),
        })),
    }));
  }

  private async card(): Promise<MineCard | null> {
    const [latest] = await this.latest();
    return latest
      ? { path: '/mit/trivsel', titleKey: 'survey.mine.title', textKey: 'survey.mine.card' }
      : null;
  }

  private latest(): Promise<Raw[]> {
    return this.database.select<Raw>(
      `SELECT id, title, year, messageDa, messageEn FROM survey WHERE state = 'published'
        ORDER BY year DESC, id DESC LIMIT ${SHOWN}`,
    );
  }

  private async figures(ids: readonly number[]): Promise<RawFigure[]> {
    if (ids.length === 0) return [];
    return this.database.select<RawFigure>(
      `SELECT r.surveyId, r.answers, r.mean, MIN(q.dimensionDa) AS da, MIN(q.dimensionEn) AS en, MIN(q.position) AS place
         FROM survey_result r JOIN survey_question q ON q.surveyId = r.surveyId AND q.dimension = r.parameter
        WHERE r.surveyId IN (${ids.map(() => '?').join(', ')}) AND r.breakdown = 'total' AND r.mean IS NOT NULL
        GROUP BY r.surveyId, r.parameter, r.answers, r.mean ORDER BY place`,
      [...ids],
    );
  }
}

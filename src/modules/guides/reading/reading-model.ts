import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { randomToken } from '../../../common/crypto.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, type FormModel } from '../../../web/forms/form.js';
import { translator } from '../../../web/i18n/translate.js';
import type { GuideViewer } from '../guide-viewer.js';
import { renderMarkdown } from '../text/render-markdown.rules.js';
import { LearningLinkQueries } from './learning-link.queries.js';
import { VersionDiffs } from './version-diff.js';
import { VersionQueries, type WholeVersion } from './version.queries.js';

/** Gathers what the page shows on which a guide is read. */
@Injectable()
export class ReadingModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly versions: VersionQueries,
    private readonly diffs: VersionDiffs,
    private readonly learning: LearningLinkQueries,
  ) {}

  /**
   * The newest version that the viewer may see, or the one with the number.
   * @throws DomainError `not_found`, `guide_withdrawn` for an agent who opens what was taken back
   */
  async of(
    viewer: GuideViewer,
    { guideId, number }: { guideId: number; number?: number | undefined },
    language: string,
    form: FormModel = blankForm(),
  ) {
    const own = await this.versions.newest({ ...viewer, seesAll: false }, guideId);
    const newest = own ?? (await this.versions.newest(viewer, guideId));
    const version = number === undefined ? newest : await this.version(viewer, guideId, number);
    if (!newest && number === undefined && (await this.versions.wasWithdrawn(viewer, guideId)))
      throw new DomainError('guide_withdrawn', 'conflict');
    if (!newest || !version) throw new DomainError('not_found', 'not_found');
    const t = translator(language);
    const isCourse = version.courseId !== null;
    const isUnread = own?.id === version.id && version.readAt === null && version.archivedAt === null;
    return {
      pageTitle: version.title,
      form,
      key: randomToken(),
      version: { ...version, on: localDateOf(new Date(version.effectiveFrom), this.env.TZ_NAME) },
      html: version.body === null ? '' : renderMarkdown(version.body, t('guides.table')),
      diff: await this.diffs.readable(viewer, version),
      course: isCourse ? await this.learning.of(version.courseId!, viewer.agentId) : null,
      newest: version.id === newest.id ? null : { number: newest.number, title: newest.title },
      isUnread,
      canRead: isUnread && !isCourse,
      questions: isUnread ? askedQuestions(version, form) : [],
    };
  }

  /** A version by its number. @throws DomainError `not_found`, `guide_withdrawn` for what an agent was asked to read once */
  async version(viewer: GuideViewer, guideId: number, number: number): Promise<WholeVersion> {
    try {
      return await this.versions.find(viewer, guideId, number);
    } catch (error) {
      const wasWithdrawn = await this.versions.wasWithdrawn(viewer, guideId, number);
      throw wasWithdrawn ? new DomainError('guide_withdrawn', 'conflict') : error;
    }
  }
}

/** The field of the form in which a question is answered. */
export function answerField(index: number): string {
  return `answer${index}`;
}

/** The questions with what was answered before, if that was wrong. */
function askedQuestions({ questions }: WholeVersion, form: FormModel) {
  return questions.map(({ question, answers }, index) => {
    const name = answerField(index);
    const chosen = form.values[name];
    return {
      question,
      name,
      error: form.errors[name],
      answers: answers.map((text, value) => ({
        text,
        value: String(value),
        isChosen: chosen === String(value),
      })),
    };
  });
}

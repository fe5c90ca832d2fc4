import { Inject, Injectable } from '@nestjs/common';
import { randomToken } from '../../../common/crypto.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { formLists, formValues } from '../../../web/forms/form.js';
import { translator } from '../../../web/i18n/translate.js';
import { MunicipalityQueries } from '../../municipalities/index.js';
import type { NewGuideVersion } from '../guide.service.js';
import { GuideQueries } from '../reading/guide.queries.js';
import { LearningLinkQueries } from '../reading/learning-link.queries.js';
import { renderMarkdown } from '../text/render-markdown.rules.js';
import { PublicationPreviewQueries } from './publication-preview.queries.js';

const LISTS = ['municipalities', 'skills'];

/** Gathers what is shown before a version is published: whom it asks, and how it will look. */
@Injectable()
export class PreviewModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly guides: GuideQueries,
    private readonly previews: PublicationPreviewQueries,
    private readonly municipalities: MunicipalityQueries,
    private readonly learning: LearningLinkQueries,
  ) {}

  /** @param body what was typed, which goes along until it is published @throws DomainError `not_found` */
  async of(guideId: number, version: NewGuideVersion, body: unknown, language: string) {
    const guide = await this.guides.find({ seesAll: true, agentId: null }, guideId);
    const on = localDateOf(version.effectiveFrom, this.env.TZ_NAME);
    const { courseId } = version;
    return {
      guide,
      version: { ...version, on, audienceNames: await this.audienceNames(version, on) },
      preview: await this.previews.of(guideId, version),
      html:
        version.body === undefined ? '' : renderMarkdown(version.body, translator(language)('guides.table')),
      course: courseId === undefined ? null : ((await this.learning.of(courseId, null)) ?? null),
      key: randomToken(),
      typed: typedFields(body),
    };
  }

  private async audienceNames({ audience }: NewGuideVersion, on: string): Promise<string> {
    if (audience.kind !== 'municipalities') return audience.codes.join(', ');
    const names = new Map((await this.municipalities.list(on)).map(({ code, name }) => [code, name]));
    return audience.codes.map((code) => names.get(code) ?? code).join(', ');
  }
}

/** The fields of the form, hidden, one for each value. */
function typedFields(body: unknown): { name: string; value: string }[] {
  const single = Object.entries(formValues(body)).filter(
    ([name]) => !LISTS.includes(name) && name !== 'trin',
  );
  const several = Object.entries(formLists(body)).filter(([name]) => LISTS.includes(name));
  return [
    ...single.map(([name, value]) => ({ name, value })),
    ...several.flatMap(([name, values]) => values.map((value) => ({ name, value }))),
  ];
}

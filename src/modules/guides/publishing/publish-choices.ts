import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { FormModel } from '../../../web/forms/form.js';
import { MunicipalityQueries } from '../../municipalities/index.js';
import { AUDIENCE_KINDS, URGENCIES } from '../guides.rules.js';
import { LearningLinkQueries } from '../reading/learning-link.queries.js';
import { skillChoices } from '../skills/skill-choices.js';
import { SkillQueries } from '../skills/skill.queries.js';
import { QUESTION_ROWS } from './publish-form.js';

/** What the form offers by which a version is published. */
@Injectable()
export class PublishChoices {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly municipalities: MunicipalityQueries,
    private readonly skills: SkillQueries,
    private readonly learning: LearningLinkQueries,
  ) {}

  /** Today, from when a version applies unless another day is chosen. */
  today(): string {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }

  /** @param form what was chosen */
  async of(form: FormModel) {
    const chosen = form.lists?.['municipalities'] ?? [];
    const courses = await this.learning.courses();
    return {
      audienceKinds: AUDIENCE_KINDS,
      urgencies: URGENCIES,
      municipalities: (await this.municipalities.presentAndComing(this.today())).map(({ code, name }) => ({
        code,
        name,
        isChosen: chosen.includes(code),
      })),
      skills: skillChoices(await this.skills.known(), form),
      courses: courses.map(({ id, title }) => ({ value: String(id), label: title })),
      questionRows: QUESTION_ROWS.map((row) => ({
        number: row + 1,
        question: `question${row}`,
        answers: `answers${row}`,
      })),
    };
  }
}

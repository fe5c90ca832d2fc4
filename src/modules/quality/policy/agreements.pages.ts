import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDate, municipalityCode } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { AgreementService } from './agreement.service.js';
import { AgreementQueries } from './agreements.queries.js';
import { isStale } from './quality-policy.form.js';

const PATH = '/kvalitet/aftaler';
const agreementForm = z.object({
  signedOn: localDate,
  figuresFrom: localDate,
  version: z.coerce.number().int().min(1).optional(),
});

/** The municipalities with an agreement about figures and those without, and the page on which one is noted. */
@Controller('kvalitet/aftaler')
@Roles('secretariat')
export class AgreementsPages {
  constructor(
    private readonly queries: AgreementQueries,
    private readonly service: AgreementService,
  ) {}

  @Get()
  @Page('quality/agreements')
  async list() {
    const all = await this.queries.list();
    const today = this.queries.today();
    const inForce = all.filter(({ signedOn }) => signedOn !== null && signedOn <= today);
    return {
      agreements: all.map((one) => ({ ...one, isSigned: inForce.includes(one) })),
      signed: inForce.length,
      missing: all.length - inForce.length,
    };
  }

  @Get(':code')
  @Page('quality/agreement')
  show(@Param('code', { schema: municipalityCode }) code: string) {
    return this.model(code);
  }

  @Post(':code')
  @Page('quality/agreement')
  async note(
    @Param('code', { schema: municipalityCode }) code: string,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.service.note(code, parseForm(agreementForm, body), principal.personId);
      return new SeeOther(`${PATH}?done=figures_agreement_noted`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model(code, form), isStale(error) ? 409 : 400);
    }
  }

  private async model(code: string, form?: FormModel) {
    const agreement = await this.queries.find(code);
    if (!agreement) throw new DomainError('not_found', 'not_found');
    const { municipalityName, signedOn, figuresFrom } = agreement;
    const filled = blankForm({ signedOn: signedOn ?? '', figuresFrom: figuresFrom ?? '' });
    return { pageTitle: municipalityName, agreement, form: form ?? filled };
  }
}

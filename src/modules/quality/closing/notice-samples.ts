import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { MailRenderer } from '../../notifications/index.js';
import type { PolicyInForce } from '../policy/quality-policies.js';

/** A mail as its receiver will read it, but for the name and the link. */
export interface NoticeSample {
  template: 'quality-agent' | 'quality-leader';
  subject: string;
  text: string;
}

/** Shows the mails of a notice before any is sent: they are alike for everybody, and hold neither figure nor reason. */
@Injectable()
export class NoticeSamples {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly renderer: MailRenderer,
  ) {}

  /** The mail to an agent and the one to a leader, as the policy would have them. */
  of({ agentFirstDays }: Pick<PolicyInForce, 'agentFirstDays'>, language: string): NoticeSample[] {
    const isFirst = agentFirstDays > 0;
    return [
      this.render('quality-agent', { url: `${this.env.PUBLIC_URL}/mit/tal`, seesFirst: isFirst }, language),
      this.render(
        'quality-leader',
        { url: `${this.env.PUBLIC_URL}/kvalitet/sager/…`, sawFirst: isFirst },
        language,
      ),
    ];
  }

  private render(
    template: NoticeSample['template'],
    variables: Record<string, unknown>,
    language: string,
  ): NoticeSample {
    const to = { personId: null, firstName: '…', address: '', language };
    const { subject, text } = this.renderer.render({ template, to, variables });
    return { template, subject, text };
  }
}

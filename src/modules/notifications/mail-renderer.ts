import { readFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { projectRoot } from '../../config/paths.js';
import { ENV, type Env } from '../../config/env.js';
import { formatClock, formatInstant, formatLongDate } from '../../web/format.js';
import { toLanguage } from '../../web/i18n/translate.js';
import type { MailOrder } from './mail-order.js';

/** A mail as it will be read. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** The mark that stands for a secret link in a rendered mail until it is sent. */
export const linkMark = (name: string): string => `%%${name}%%`;

/** Renders `mail-templates/<mail>/{subject,html,text}.<language>.hbs` with an engine of its own. */
@Injectable()
export class MailRenderer {
  private readonly html = Handlebars.create();
  private readonly text = Handlebars.create();
  private readonly compiled = new Map<string, Handlebars.TemplateDelegate>();

  constructor(@Inject(ENV) private readonly env: Env) {
    for (const engine of [this.html, this.text])
      engine.registerHelper({
        longDate: (date: string, options: Handlebars.HelperOptions) =>
          formatLongDate(date, (options.data.root as { language: string }).language),
        instant: (at: Date, options: Handlebars.HelperOptions) =>
          formatInstant(at, (options.data.root as { language: string }).language, env.TZ_NAME),
        clock: (at: Date, options: Handlebars.HelperOptions) =>
          formatClock(at, (options.data.root as { language: string }).language, env.TZ_NAME),
      });
    for (const partial of ['layout', 'button'])
      this.html.registerPartial(partial, read(`_shared/${partial}.html.hbs`));
    for (const language of ['da', 'en']) {
      this.html.registerPartial(`footer.${language}`, read(`_shared/footer.html.${language}.hbs`));
      this.text.registerPartial(`footer.${language}`, read(`_shared/footer.text.${language}.hbs`));
      this.html.registerPartial(`insteadOf.${language}`, read(`_shared/insteadOf.html.${language}.hbs`));
      this.text.registerPartial(`insteadOf.${language}`, read(`_shared/insteadOf.text.${language}.hbs`));
    }
  }

  /** The mail in the receiver's language; secret links appear as marks (`linkMark`). */
  render(order: MailOrder): RenderedMail {
    const language = toLanguage(order.to.language);
    const links = Object.keys(order.secretLinks ?? {}).map((name) => [name, linkMark(name)]);
    const model = {
      ...order.variables,
      ...Object.fromEntries(links),
      language,
      firstName: order.to.firstName,
      organisation: this.env.ORGANISATION_NAME,
      supportEmail: this.env.SUPPORT_EMAIL,
      supportPhone: this.env.SUPPORT_PHONE,
      privacyUrl: `${this.env.PUBLIC_URL}/privatliv`,
    };
    const subject = this.template(this.text, `${order.template}/subject.${language}.hbs`)(model);
    return {
      subject: subject.replace(/\s+/g, ' ').trim(),
      html: this.template(this.html, `${order.template}/html.${language}.hbs`)({ ...model, subject }),
      text: this.template(this.text, `${order.template}/text.${language}.hbs`)(model).trim() + '\n',
    };
  }

  private template(engine: typeof Handlebars, file: string): Handlebars.TemplateDelegate {
    const known = this.compiled.get(file);
    if (known) return known;
    const compiled = engine.compile(read(file), {
      noEscape: engine === this.text,
      // With every helper known, a plain value is read without asking first whether it is one.
      knownHelpers: { longDate: true, instant: true, clock: true },
      knownHelpersOnly: true,
    });
    this.compiled.set(file, compiled);
    return compiled;
  }
}

function read(file: string): string {
  return readFileSync(`${projectRoot}mail-templates/${file}`, 'utf8');
}

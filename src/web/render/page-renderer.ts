import { readFileSync, readdirSync } from 'node:fs';
import Handlebars from 'handlebars';
import { codeRoot } from '../../config/paths.js';
import { registerHelpers } from './helpers.js';

type Template = Handlebars.TemplateDelegate;

/** Renders `modules/<module>/views/<name>.hbs` inside the layout; templates are compiled once. */
export class PageRenderer {
  private readonly engine = Handlebars.create();
  private readonly templates = new Map<string, Template>();
  private readonly layout: Template;

  constructor() {
    registerHelpers(this.engine);
    const partials = `${codeRoot}web/partials/`;
    for (const file of readdirSync(partials))
      this.engine.registerPartial(file.replace('.hbs', ''), readFileSync(partials + file, 'utf8'));
    this.layout = this.compile(`${codeRoot}web/views/layout.hbs`);
  }

  /** The whole page as HTML; `shell` is what the layout needs, `model` what the template needs. */
  render(template: string, shell: object, model: object): string {
    const body = this.template(template)({ ...model, page: shell });
    return this.layout({ ...model, page: shell, body, titleKey: `title.${template.replace('/', '.')}` });
  }

  /** A page that brings its own frame: the content host has no layout, no menu and no session. */
  renderBare(template: string, model: object): string {
    return this.template(template)(model);
  }

  private template(name: string): Template {
    const known = this.templates.get(name);
    if (known) return known;
    const [module, view] = name.split('/');
    const folder = module === 'web' ? 'web/views' : `modules/${module}/views`;
    const compiled = this.compile(`${codeRoot}${folder}/${view}.hbs`);
    this.templates.set(name, compiled);
    return compiled;
  }

  private compile(file: string): Template {
    return this.engine.compile(readFileSync(file, 'utf8'), { strict: false, preventIndent: true });
  }
}

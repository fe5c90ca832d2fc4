import sanitizeHtml from 'sanitize-html';
import { markdownEngine, markdownTokens } from './markdown.rules.js';

/** Where the images of guides are; images from elsewhere are left out. */
export const IMAGE_PATH = '/guides/billeder/';

const OWN_IMAGE = /^\/guides\/billeder\/\d{1,10}$/;
/** `style` is forbidden by the policy of our pages, so what a column is lined up by becomes a class. */
const ALIGNED: Record<string, string> = { 'text-align:right': 'vk-right', 'text-align:center': 'vk-center' };

const RULES: sanitizeHtml.IOptions = {
  allowedTags:
    'h3 h4 h5 h6 p br hr ul ol li blockquote pre code strong em s a img div table thead tbody tr th td'.split(
      ' ',
    ),
  allowedAttributes: {
    a: ['href', 'rel', 'target'],
    img: ['src', 'alt', 'loading'],
    ol: ['start'],
    th: ['scope', 'class'],
    td: ['class'],
    div: ['class', 'tabindex', 'role', 'aria-label'],
    table: ['class'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !OWN_IMAGE.test(attribs['src'] ?? ''),
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: linkAttributes(attribs['href']) }),
    img: (tagName, { src, alt }) => ({
      tagName,
      attribs: { ...(src && { src }), alt: alt ?? '', loading: 'lazy' },
    }),
  },
};

/**
 * A guide's Markdown as HTML that may stand on our pages as it is: no scripts, no styles, nothing from elsewhere.
 * @param tableLabel what a table that is scrolled sideways is called to those who cannot see it
 */
export function renderMarkdown(source: string, tableLabel: string): string {
  const tokens = markdownTokens(source);
  for (const token of tokens) {
    if (token.type === 'th_open') token.attrSet('scope', 'col');
    if (token.type !== 'th_open' && token.type !== 'td_open') continue;
    const aligned = ALIGNED[String(token.attrGet('style') ?? '')];
    token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
    if (aligned) token.attrSet('class', aligned);
  }
  const html = markdownEngine.renderer.render(tokens, markdownEngine.options, {});
  const label = tableLabel.replace(/[&<>"]/g, '');
  const framed = html
    .replaceAll(
      '<table>',
      `<div class="table--responsive-scroll" tabindex="0" role="group" aria-label="${label}"><table class="table">`,
    )
    .replaceAll('</table>', '</table></div>');
  return sanitizeHtml(framed, RULES);
}

/** A link to elsewhere opens beside the guide, so that the reader comes back to the button. */
function linkAttributes(href: string | undefined): sanitizeHtml.Attributes {
  if (href === undefined) return {};
  return /^https?:/i.test(href) ? { href, target: '_blank', rel: 'noopener noreferrer' } : { href };
}

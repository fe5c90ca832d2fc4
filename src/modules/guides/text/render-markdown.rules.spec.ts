import { renderMarkdown } from './render-markdown.rules.js';

const render = (source: string) => renderMarkdown(source, 'Tabel').trim();

describe('Markdown of guides', () => {
  it('becomes headings below those of the page, in steps of one', () => {
    expect(render('# Pas\n\n### Gebyr\n\n## Børn\n\n# Kørekort')).toBe(
      '<h3>Pas</h3>\n<h4>Gebyr</h4>\n<h4>Børn</h4>\n<h3>Kørekort</h3>',
    );
    expect(render('###### a\n\n## b')).toBe('<h3>a</h3>\n<h3>b</h3>');
  });

  it('keeps lists, emphasis, code and quotations', () => {
    expect(render('3. *a*\n4. **b** ~~c~~\n\n> `d`')).toBe(
      '<ol start="3">\n<li><em>a</em></li>\n<li><strong>b</strong> <s>c</s></li>\n</ol>\n<blockquote>\n<p><code>d</code></p>\n</blockquote>',
    );
  });

  it('frames tables so that they can be scrolled, lined up by classes', () => {
    const html = render('| Pas | Pris |\n|:---:|---:|\n| Barn | 178 |');
    expect(html).toContain(
      '<div class="table--responsive-scroll" tabindex="0" role="group" aria-label="Tabel"><table class="table">',
    );
    expect(html).toContain('<th scope="col" class="vk-center">Pas</th>');
    expect(html).toContain('<td class="vk-right">178</td>');
    expect(html).not.toContain('style');
  });

  it('opens what lies elsewhere beside the guide', () => {
    expect(render('[b](https://borger.dk) https://pas.dk/a og husk.at')).toBe(
      '<p><a href="https://borger.dk" target="_blank" rel="noopener noreferrer">b</a> ' +
        '<a href="https://pas.dk/a" target="_blank" rel="noopener noreferrer">https://pas.dk/a</a> og husk.at</p>',
    );
    expect(render('[g](/guides/3) [m](mailto:a@b.dk) [t](tel:+4512345678)')).toBe(
      '<p><a href="/guides/3">g</a> <a href="mailto:a@b.dk">m</a> <a href="tel:+4512345678">t</a></p>',
    );
  });

  it('shows images that were uploaded here and no others', () => {
    expect(render('![Pas](/guides/billeder/7)')).toBe(
      '<p><img src="/guides/billeder/7" alt="Pas" loading="lazy" /></p>',
    );
    for (const src of [
      'https://evil.test/a.png',
      '//evil.test/guides/billeder/7',
      '/guides/billeder/7/../../log-ud',
      'data:image/png;base64,AAAA',
      '/guides/billeder/7?x=1',
    ])
      expect(render(`![x](${src})`)).not.toContain('<img');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<iframe src="https://evil.test"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](file:///etc/passwd)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '[x]: javascript:alert(1)\n\n[x]',
    '[x](https://a.test "onmouseover=alert(1)")',
    '[x](https://a.test" onmouseover="alert(1))',
    '![x" onerror="alert(1)](/guides/billeder/1)',
    '| <img src=x onerror=alert(1)> |\n|---|\n| `</td><script>alert(1)</script>` |',
    '```"><script>alert(1)</script>\n<script>alert(2)</script>\n```',
    '<style>*{display:none}</style>',
    '<form action="https://evil.test"><input name=a></form>',
    '[x](//evil.test)',
    '<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>',
    '<!--<img src="--><img src=x onerror=alert(1)>">',
  ])('is harmless: %s', (source) => {
    const html = render(source);
    // What is left is text: every tag is one of ours, with our attributes only.
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags)
      expect(tag).toMatch(
        /^<\/?(p|pre|code|div|table|thead|tbody|tr|th|td|a|img)( (class|scope|tabindex|role|aria-label|href|target|rel|src|alt|loading)="[^"<>]*")*( \/)?>$/,
      );
    for (const [, address] of tags.join('').matchAll(/(?:href|src)="([^"]*)"/g))
      expect(address).toMatch(/^https:\/\/(a|evil)\.test|^\/guides\/billeder\/1$/);
  });
});

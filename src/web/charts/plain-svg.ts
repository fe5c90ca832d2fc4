/** What a style may say that an attribute can say too (SVG 2, section 6.6); the rest is about pointers. */
const PRESENTATION = /^(?:font-(?:family|size|style|weight)|fill|stroke|opacity|text-anchor)$/;
const FONT = /^(?:(italic|oblique) )?(?:(bold|\d{3}) )?([\d.]+px) (.+)$/;

/** What the library adds for a page with script: how things look under the pointer, what they stand for, which chart it is. */
const FOR_SCRIPT = [
  /<style ?>.*?<\/style>\s*/gs,
  / class="[^"]*"/g,
  / ecmeta_\w+="[^"]*"/g,
  / pointer-events="[^"]*"/g,
  /\bzr\d+-(?=c\d)/g,
];

/**
 * The drawing alone, without styles: under a policy without `style-src` a browser passes over those. Fonts are named without quotation
 * marks, so that a semicolon always ends a declaration.
 */
export function plainSvg(svg: string): string {
  const drawing = FOR_SCRIPT.reduce((left, pattern) => left.replaceAll(pattern, ''), svg);
  return drawing.replaceAll(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style));
}

function attributesOf(style: string): string {
  return style
    .split(';')
    .flatMap(declarationsOf)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

function declarationsOf(declaration: string): [string, string][] {
  const colon = declaration.indexOf(':');
  const name = declaration.slice(0, colon).trim();
  const value = declaration.slice(colon + 1).trim();
  const font = name === 'font' ? FONT.exec(value) : null;
  if (!font) return PRESENTATION.test(name) ? [[name, value]] : [];
  const [, style, weight, size, family] = font;
  return [
    ...(style ? [['font-style', style] as [string, string]] : []),
    ...(weight ? [['font-weight', weight] as [string, string]] : []),
    ['font-size', size!],
    ['font-family', family!],
  ];
}

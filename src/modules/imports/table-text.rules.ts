/** The separator of a CSV text: whichever of `;`, tab and `,` its first line has most of outside quotes. */
export function delimiterOf(text: string): ';' | ',' | '\t' {
  const [line = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/, 1);
  const count = (mark: string) => line.split(mark).length;
  return ([';', '\t', ','] as const).reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The separator of a CSV text: whichever gives its lines most columns. A title above the headings has none and does not count. */
export function delimiterOfLines(lines: readonly string[]): ';' | ',' | '\t' {
  const count = (mark: string) =>
    lines.reduce((sum, line) => sum + line.replace(/"(?:[^"]|"")*"/g, '').split(mark).length - 1, 0);
  // A semicolon wins over more commas, which may stand in numbers.
  const [semicolons, tabs, commas] = [count(';'), count('\t'), count(',')];
  if (semicolons >= lines.length / 2 && semicolons > 0 && semicolons >= tabs) return ';';
  if (tabs >= lines.length / 2 && tabs > 0) return '\t';
  return commas > semicolons ? ',' : ';';
}

/** The separator of a CSV text: whichever of `;`, tab and `,` its first line has most of outside quotes. */
export function delimiterOf(text: string): ';' | ',' | '\t' {
  const [line = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/, 1);
  const count = (mark: string) => line.split(mark).length;
  return ([';', '\t', ','] as const).reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

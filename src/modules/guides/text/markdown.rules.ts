import MarkdownIt, { type Token } from 'markdown-it';

/** Raw HTML is shown as it is typed; a bare address becomes a link only when it begins with http. */
const engine = new MarkdownIt({ html: false, linkify: true });
engine.linkify.set({ fuzzyLink: false });

/** The engine that reads and writes our Markdown. */
export const markdownEngine = engine;

/** A guide's Markdown, read; the headings begin at `top` and never skip a level, whatever was typed. */
export function markdownTokens(source: string, top = 3): Token[] {
  const tokens = engine.parse(source, {});
  const open: number[] = [];
  for (const token of tokens) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
    const typed = Number(token.tag.slice(1));
    if (token.type === 'heading_open') {
      while (open.length > 0 && open.at(-1)! >= typed) open.pop();
      open.push(typed);
    }
    token.tag = `h${Math.min(top + open.length - 1, 6)}`;
  }
  return tokens;
}

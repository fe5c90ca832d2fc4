import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const source = readFileSync(
  fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)),
  'utf8',
);

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** What axe finds on a page (frames not looked into): the rule and the markup it is about. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated through the debugger, so the page's own policy against inline script stays as it is.
  await page.evaluate(source);
  const result = (await page.evaluate('axe.run(document, { iframes: false })')) as AxeResult;
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

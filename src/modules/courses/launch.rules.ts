/**
 * The address at which an enrolment's e-learning is taken. `{reference}` and `{language}` are filled in; without
 * `{reference}` it is added as the parameter `enrolment`. No name or e-mail ever goes into an address.
 */
export function launchUrl(template: string, reference: string, language: string): string {
  const filled = template.replaceAll('{reference}', reference).replaceAll('{language}', language);
  if (template.includes('{reference}')) return filled;
  const url = new URL(filled);
  url.searchParams.set('enrolment', reference);
  return url.toString();
}

/** What may be wrong with an address although it can be opened. */
export type LaunchWarning = 'review_link';

/**
 * A link of Articulate Review shows the e-learning for comments and reports nothing: completions then have to be registered by
 * hand or imported. Review links have `/review/` in their path on Articulate's own hosts.
 */
export function launchWarnings(template: string): LaunchWarning[] {
  const filled = launchUrl(template, 'r', 'da');
  const { hostname, pathname } = new URL(filled);
  const isArticulate = hostname === 'articulate.com' || hostname.endsWith('.articulate.com');
  const isReview = /(^|\/)review(\/|$)/.test(pathname) || hostname.startsWith('review');
  return isArticulate && isReview ? ['review_link'] : [];
}

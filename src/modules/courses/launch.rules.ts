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

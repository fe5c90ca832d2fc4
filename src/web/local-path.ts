/** The path when it stays on our own site, else the start page: a link must not lead a signed-in person elsewhere. */
export function localPath(path: string | undefined): string {
  if (!path || !/^\/[\x21-\x7e]*$/.test(path)) return '/';
  const url = new URL(path, 'http://own.invalid');
  return url.host === 'own.invalid' && !path.includes('\\') ? `${url.pathname}${url.search}` : '/';
}

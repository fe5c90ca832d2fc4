/** The path when it stays on our own site, else the start page: a link must not lead a signed-in person elsewhere. */
export function localPath(path: string | undefined): string {
  if (!path || !/^\/[\x21-\x7e]*$/.test(path) || path.includes('\\')) return '/';
  const url = new URL(path, 'http://own.invalid');
  const result = `${url.pathname}${url.search}`;
  // `/.//elsewhere` stays on the host while it is resolved, but what is left of it names another one.
  return url.host === 'own.invalid' && !result.startsWith('//') ? result : '/';
}

import { DomainError } from '../../common/domain-error.js';

/** A place within a package. */
export interface PackageAddress {
  /** Percent-encoded, relative to the package, with query and fragment. */
  href: string;
  /** The file, decoded. */
  path: string;
}

// Any folder will do, so long as leaving it can be seen.
const ROOT = 'http://package.invalid/root/';
const LONGEST = 2_000;

/**
 * Resolves a resource's address against the `xml:base` of manifest, resources and resource (SCORM CAM 1.3 §3.4.3.3, XML Base,
 * RFC 3986) and joins the item's parameters to it. Backslashes count as slashes, as authors on Windows mean them.
 * @throws DomainError `manifest_href_outside` when it leads out of the package
 */
export function resolveHref(bases: readonly string[], href: string, parameters: string): PackageAddress {
  const folder = bases.reduce((base, next) => resolve(next, base), ROOT);
  const url = new URL(resolve(href, folder));
  if (!url.href.startsWith(ROOT)) throw outside(href);
  url.pathname = url.pathname.replace(/\/{2,}/g, '/');
  const [query, fragment] = joinParameters(url.search, url.hash, parameters.trim());
  const path = decodePath(url.pathname.slice('/root/'.length));
  if (path === undefined) throw outside(href);
  url.search = query;
  url.hash = fragment;
  if (url.href.length > LONGEST) throw outside(href);
  return { href: url.href.slice(ROOT.length), path };
}

/**
 * How `parameters` are put to an address: leading `?` and `&` are dropped; a fragment counts only where the address has none; all
 * else goes into the query (SCORM 1.2 CAM §2.3.2.5.2, SCORM 2004 CAM 1.3 §3.4.1.15). The CAM appends behind a fragment the address
 * has already, where no page would look for it; ours goes before it.
 */
function joinParameters(search: string, hash: string, parameters: string): [string, string] {
  const given = parameters.replace(/^[?&]+/, '');
  if (given === '') return [search, hash];
  if (given.startsWith('#')) return [search, hash || given];
  const at = given.indexOf('#');
  const query = at < 0 ? given : given.slice(0, at);
  return [search === '' ? query : `${search}&${query}`, hash || (at < 0 ? '' : given.slice(at))];
}

function resolve(reference: string, base: string): string {
  try {
    return new URL(reference.trim(), base).href;
  } catch {
    throw outside(reference);
  }
}

/** Undefined where decoding shows what the encoding hid. */
function decodePath(pathname: string): string | undefined {
  const segments = pathname.split('/').map(decodeSegment);
  const isHarmless = segments.every((s) => s !== '' && s !== '.' && s !== '..' && !/[/\\\p{Cc}]/u.test(s));
  return isHarmless ? segments.join('/').normalize('NFC') : undefined;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function outside(href: string): DomainError {
  return new DomainError('manifest_href_outside', 'rule', { args: { href: href.slice(0, 200) } });
}

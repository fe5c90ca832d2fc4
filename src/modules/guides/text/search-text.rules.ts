const MOST_BYTES = 65_000;

/**
 * What a search looks in: title, change note and text in lower case, because SQLite knows the small letters of English only.
 * Cut to what a text column of MySQL takes.
 */
export function searchText(...parts: (string | null | undefined)[]): string {
  const text = parts
    .filter((part) => part)
    .join('\n')
    .normalize('NFC')
    .toLowerCase();
  const bytes = Buffer.from(text);
  // A letter cut in two is left out.
  return bytes.length <= MOST_BYTES
    ? text
    : bytes
        .subarray(0, MOST_BYTES)
        .toString('utf8')
        .replace(/\uFFFD+$/, '');
}

/** The words of a search, in the form in which they are looked for; at most five. */
export function searchWords(q: string | undefined): string[] {
  return (q ?? '').normalize('NFC').toLowerCase().trim().split(/\s+/).filter(Boolean).slice(0, 5);
}

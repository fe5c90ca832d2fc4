const MAX_DEPTH = 32;
// The closing quote is optional, so that a text that never ends is read once instead of from each of its quotes.
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\]:,]/gs;

/**
 * Parses JSON more strictly than `JSON.parse`: at most 32 levels deep, no key twice in one object, no `__proto__` or
 * `constructor` keys, no lone surrogates, no numbers beyond the range of a double.
 * @throws SyntaxError saying what is wrong
 */
export function parseJson(text: string): unknown {
  checkStructure(text);
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__' || key === 'constructor') throw new SyntaxError(`The key ${key} is not allowed.`);
    if (typeof value === 'number' && !Number.isFinite(value)) throw new SyntaxError('A number is too large.');
    if (typeof value === 'string' && !isWellFormed(value))
      throw new SyntaxError('A text is not valid Unicode.');
    return value;
  });
}

/** One pass over the brackets and keys; the depth is checked before the recursive parser sees the text. */
function checkStructure(text: string): void {
  const open: (Set<string> | null)[] = [];
  let lastString: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new SyntaxError(`More than ${MAX_DEPTH} levels.`);
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':') noteKey(open.at(-1), lastString);
    else if (token !== ',') lastString = token;
  }
}

function noteKey(keys: Set<string> | null | undefined, token: string | undefined): void {
  if (!keys || token === undefined) return;
  const key = JSON.parse(token) as string;
  if (keys.has(key)) throw new SyntaxError('A key occurs twice in one object.');
  keys.add(key);
}

function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

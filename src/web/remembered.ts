/**
 * Remembers what a pure function gave for the last arguments, as many as `limit`: the same few days are written in every mail
 * and row, and finding the words of a language for one takes longer than all the rest of a mail.
 */
export function remembered<Args extends (string | number)[]>(
  compute: (...args: Args) => string,
  limit = 1000,
): (...args: Args) => string {
  const known = new Map<string, string>();
  return (...args) => {
    const key = args.join('\n');
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= limit) known.clear();
    const result = compute(...args);
    known.set(key, result);
    return result;
  };
}

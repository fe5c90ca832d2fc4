/** No statement takes more values than this many items bring. */
const MOST = 512;

/**
 * The items in parts of 512, 256, 128 … 1: a statement is prepared once for each length, and with any length there would be hundreds
 * of long ones in memory.
 */
export function evenParts<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  let size = MOST;
  for (let from = 0; from < items.length; from += size) {
    while (size > items.length - from) size /= 2;
    parts.push(items.slice(from, from + size));
  }
  return parts;
}

/** The items up to the next power of two, the last one again and again: for lists in which it does not matter. */
export function padded<T>(items: readonly T[]): T[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(items.length, 1)));
  return [
    ...items,
    ...Array.from({ length: items.length > 0 ? size - items.length : 0 }, () => items.at(-1)!),
  ];
}

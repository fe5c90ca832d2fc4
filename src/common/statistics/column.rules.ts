/** A column of numbers, made one by one: several times as fast as `Float64Array.from` and `map`, which ask again and again what they make. */
export function columnOf(length: number, value: (index: number) => number): Float64Array {
  const column = new Float64Array(length);
  for (let i = 0; i < length; i += 1) column[i] = value(i);
  return column;
}

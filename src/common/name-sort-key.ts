const DANISH: Record<string, string> = { z: 'za', æ: 'zb', ä: 'zb', ø: 'zc', ö: 'zc', å: 'zd', ü: 'y' };

/**
 * A key in plain ASCII letters that sorts names the Danish way under any collation: æ, ø, å last in that order,
 * `aa` as `å` (Retskrivningsordbogen §3), ä with æ, ö with ø, ü with y, other accents ignored.
 */
export function nameSortKey(name: string): string {
  const letters = Array.from(name.normalize('NFC').toLowerCase().replaceAll('aa', 'å'), sortable);
  return letters.join('').replace(/ +/g, ' ').trim();
}

function sortable(letter: string): string {
  const danish = DANISH[letter];
  if (danish) return danish;
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '');
  if (/^[a-z0-9]+$/.test(plain)) return plain;
  return /\p{L}/u.test(letter) ? `zz${letter.codePointAt(0)!.toString(16).padStart(6, '0')}` : ' ';
}

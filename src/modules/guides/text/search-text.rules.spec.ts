import { searchText, searchWords } from './search-text.rules.js';

describe('what a search looks in', () => {
  it('is in small letters, Danish ones too, without what is not there', () => {
    expect(searchText('Ændret PAS', null, 'Å'.normalize('NFD'))).toBe('ændret pas\nå');
    expect(searchWords('  ÆNDRET   Pas a b c d')).toEqual(['ændret', 'pas', 'a', 'b', 'c']);
    expect(searchWords(undefined)).toEqual([]);
  });

  it('is cut to what a column takes, between letters', () => {
    const text = searchText('x', 'ø'.repeat(40_000));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_000);
    expect(text.endsWith('ø')).toBe(true);
  });
});

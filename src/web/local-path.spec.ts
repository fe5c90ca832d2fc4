import { localPath } from './local-path.js';

describe('localPath', () => {
  it.each([
    ['/agenter?q=a&sort=name', '/agenter?q=a&sort=name'],
    ['/mit#top', '/mit'],
    [undefined, '/'],
    ['', '/'],
    ['agenter', '/'],
    ['//evil.test', '/'],
    ['/.//evil.test', '/'],
    ['/x/..//evil.test', '/'],
    ['/.//own.invalid//evil.test', '/'],
    ['//own.invalid//evil.test', '/'],
    ['/\\evil.test', '/'],
    ['https://evil.test', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.test', '/'],
  ])('%j', (path, expected) => {
    expect(localPath(path)).toBe(expected);
    expect(localPath(localPath(path))).toBe(expected);
  });
});

import { plainSvg } from './plain-svg.js';

describe('plainSvg', () => {
  it.each([
    [
      '<text style="font-size:13px;font-family:Arial, sans-serif;font-weight:bold;" x="1">A</text>',
      '<text font-size="13px" font-family="Arial, sans-serif" font-weight="bold" x="1">A</text>',
    ],
    ['<text style="font: 12px sans-serif">A</text>', '<text font-size="12px" font-family="sans-serif">A</text>'],
    [
      '<text style="font: italic bold 12px Arial">A</text>',
      '<text font-style="italic" font-weight="bold" font-size="12px" font-family="Arial">A</text>',
    ],
    ['<g style="cursor:pointer;user-select:none"></g>', '<g></g>'],
    ['<path d="M0 0" fill="none"></path>', '<path d="M0 0" fill="none"></path>'],
  ])('of %s', (svg, expected) => {
    expect(plainSvg(svg)).toBe(expected);
  });
});

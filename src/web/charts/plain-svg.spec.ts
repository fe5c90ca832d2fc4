import { plainSvg } from './plain-svg.js';

describe('plainSvg', () => {
  it.each([
    [
      '<text style="font-size:13px;font-family:Arial, sans-serif;font-weight:bold;" x="1">A</text>',
      '<text font-size="13px" font-family="Arial, sans-serif" font-weight="bold" x="1">A</text>',
    ],
    [
      '<text style="font: 12px sans-serif">A</text>',
      '<text font-size="12px" font-family="sans-serif">A</text>',
    ],
    [
      '<text style="font: italic bold 12px Arial">A</text>',
      '<text font-style="italic" font-weight="bold" font-size="12px" font-family="Arial">A</text>',
    ],
    ['<g style="cursor:pointer;user-select:none"></g>', '<g></g>'],
    [
      '<path d="M0 0" pointer-events="visible" ecmeta_ssr_type="chart" ecmeta_silent="true" class="zr0-cls-4"></path>\n' +
        '<style ><![CDATA[\n.zr0-cls-4:hover {\npointer-events:none;\n}\n]]>\n</style></svg>',
      '<path d="M0 0"></path>\n</svg>',
    ],
    ['<g clip-path="url(#zr7-c2)"></g>', '<g clip-path="url(#c2)"></g>'],
    ['<path d="M0 0" fill="none"></path>', '<path d="M0 0" fill="none"></path>'],
  ])('of %s', (svg, expected) => {
    expect(plainSvg(svg)).toBe(expected);
  });
});

import { barChartOption, roofOf } from './bar-chart.js';
import { CHART_COLOURS, SERIES_LOOKS } from './chart-theme.js';
import { CHART_SIZES, chartSize, chartView } from './chart-size.js';
import { differenceChartOption, reachOf } from './difference-chart.js';
import { lineChartOption, type LineChart } from './line-chart.js';
import { renderChart } from './render-chart.js';

const LINES: LineChart = {
  language: 'da',
  categories: ['maj', 'jun', 'jul', 'aug'],
  intervalName: 'Sikkert interval',
  threshold: { name: 'Grænse', value: 0.5 },
  lines: [
    {
      name: 'Agenten',
      points: [
        { value: 0.42, low: 0.3, high: 0.55 },
        null,
        { value: 0.714, low: 0.6, high: 0.8 },
        { value: 0.6, low: 0.5, high: 0.7 },
      ],
    },
    { name: 'Hele DDH', points: [{ value: 0.6 }, { value: 0.61 }, { value: 0.62 }, null] },
  ],
};

type Series = { type: string; name?: string; data: unknown[]; markLine?: object }[];
const seriesOf = (option: object) => (option as { series: Series }).series;

describe('lineChartOption', () => {
  it('stacks the width of each interval upon its lower end, and leaves gaps', () => {
    const [low, width, alone, agent, all] = seriesOf(lineChartOption(LINES));
    expect(low!.data).toEqual([0.3, null, 0.6, 0.5]);
    expect(width!.data.map((one) => (one === null ? null : Math.round(Number(one) * 100)))).toEqual([
      25,
      null,
      20,
      20,
    ]);
    // Only the first month has no neighbour to make a band with.
    expect(alone!.data).toEqual([[0, 0.3, 0.55]]);
    expect(agent!.data).toEqual([0.42, null, 0.714, 0.6]);
    expect(all!.data).toEqual([0.6, 0.61, 0.62, null]);
  });

  it('draws the threshold once', () => {
    expect(seriesOf(lineChartOption(LINES)).filter(({ markLine }) => markLine)).toHaveLength(1);
    const { threshold: _, ...without } = LINES;
    expect(seriesOf(lineChartOption(without)).filter(({ markLine }) => markLine)).toEqual([]);
  });

  it('is without words when it is bare', () => {
    const bare = lineChartOption({ ...LINES, isBare: true }) as Record<string, any>;
    expect(bare['legend']).toBeUndefined();
    expect([bare['xAxis'].show, bare['yAxis'].show]).toEqual([false, false]);
  });
});

describe('barChartOption', () => {
  const bars = [
    { name: '15', value: 0.312, low: 0.29, high: 0.334 },
    { name: '30', value: 0.1 },
  ];

  it('writes the share below each name', () => {
    const { xAxis } = barChartOption({ language: 'da', bars }) as Record<string, any>;
    expect(xAxis.data).toEqual(['15\n31,2\u00a0%', '30\n10\u00a0%']);
  });

  it.each([
    [[], 0.1],
    [[{ name: '', value: 0.02 }], 0.1],
    [[{ name: '', value: 0.3 }], 0.3],
    [[{ name: '', value: 0.3, low: 0.2, high: 0.3001 }], 0.4],
    [[{ name: '', value: 1, low: 0.9, high: 1 }], 1],
  ])('of %j reaches up to %d', (some, expected) => {
    expect(roofOf(some)).toBe(expected);
  });
});

describe('differenceChartOption', () => {
  const differences = [
    { name: 'Onboardingdag', value: 0.06, low: 0.041, high: 0.079 },
    { name: 'E-læring', value: -0.012, low: -0.03, high: 0.006 },
  ];

  it('has as much room on either side of nothing', () => {
    const { xAxis } = differenceChartOption({ language: 'da', differences, axisName: 'x' }) as Record<
      string,
      any
    >;
    expect([xAxis.min, xAxis.max]).toEqual([-0.1, 0.1]);
    expect([-0.05, 0, 0.05].map((value) => xAxis.axisLabel.formatter(value))).toEqual(['−5', '0', '+5']);
  });

  it.each([
    [[], 0.05],
    [[{ low: -0.01, high: 0.05 }], 0.05],
    [[{ low: -0.21, high: 0.05 }], 0.25],
  ])('of %j reaches %d', (some, expected) => {
    expect(reachOf(some)).toBe(expected);
  });
});

describe('the theme', () => {
  it.each([...SERIES_LOOKS.map(({ colour }) => colour), CHART_COLOURS.threshold, CHART_COLOURS.text])(
    '%s can be told from white',
    (colour) => {
      expect(contrastToWhite(colour)).toBeGreaterThan(4.5);
    },
  );

  it('tells series apart by more than colour', () => {
    expect(new Set(SERIES_LOOKS.map(({ dashes, mark }) => dashes + mark)).size).toBe(SERIES_LOOKS.length);
  });
});

describe('renderChart', () => {
  it.each([
    ['lines', lineChartOption(LINES)],
    [
      'bars',
      barChartOption({
        language: 'da',
        axisName: 'Opkald',
        bars: [{ name: '15', value: 0.3, low: 0.2, high: 0.4 }],
      }),
    ],
    [
      'differences',
      differenceChartOption({
        language: 'en',
        axisName: 'Percentage points',
        differences: [{ name: 'Day', value: 0.06, low: 0.04, high: 0.08 }],
      }),
    ],
  ])('draws %s with nothing in it that a strict policy forbids', async (_, option) => {
    const svg = await renderChart(option, 'wide');
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 900 380"/);
    expect(svg).not.toMatch(/<style|<script| style=| on[a-z]+=|NaN|undefined|href=/);
    expect(svg.length).toBeGreaterThan(1_500);
  });

  it('takes a name for nothing but text, whatever stands in it', async () => {
    const name =
      '</text><script>alert(1)</script> " onload="x" style="fill:url(https://x)" <style >a</style>';
    const lines = [{ ...LINES.lines[0]!, name }];
    const svg = await renderChart(
      lineChartOption({ ...LINES, lines, categories: LINES.categories.map(() => name) }),
      'wide',
    );
    expect(svg).not.toMatch(/<script|<style| onload="|="url\(https/);
    expect(
      svg
        .match(/<\/?[a-z]+/g)!
        .every((tag) => /^<\/?(svg|g|path|text|rect|defs|clip|line|circle|polyline|polygon|tspan)/.test(tag)),
    ).toBe(true);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('writes what it shows', async () => {
    const svg = await renderChart(lineChartOption(LINES), 'narrow');
    for (const text of ['Agenten', 'Hele DDH', 'Sikkert interval', 'Grænse: 50\u00a0%', 'maj'])
      expect(svg).toContain(text);
  });

  it('is the same every time', async () => {
    const [one, two] = [
      await renderChart(lineChartOption(LINES), 'wide'),
      await renderChart(lineChartOption(LINES), 'wide'),
    ];
    expect(one).toBe(two);
  });
});

describe('the view of a chart', () => {
  it('has an address for phones, whatever the address has already', () => {
    expect(chartView('/a.svg', 'x').narrowSrc).toBe('/a.svg?size=narrow');
    expect(chartView('/a.svg?municipality=751', 'x')).toEqual({
      src: '/a.svg?municipality=751',
      narrowSrc: '/a.svg?municipality=751&size=narrow',
      alt: 'x',
      ...CHART_SIZES.wide,
    });
    expect([chartSize.parse('small'), chartSize.parse('huge'), chartSize.parse(undefined)]).toEqual([
      'small',
      'wide',
      'wide',
    ]);
  });
});

/** WCAG 2.1, relative luminance. */
function contrastToWhite(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

import { barChartOption } from '../../../web/charts/bar-chart.js';
import { CHART_SIZES, type ChartSize } from '../../../web/charts/chart-size.js';
import { CHART_COLOURS, CHART_FONT } from '../../../web/charts/chart-theme.js';
import { differenceChartOption } from '../../../web/charts/difference-chart.js';
import { renderChart } from '../../../web/charts/render-chart.js';
import { translator } from '../../../web/i18n/translate.js';
import type { InsightView } from '../insights.schemas.js';

const FONT_SIZE = 16;
const LINE_HEIGHT = 24;
/** So many letters stand beside one another below the bars on a phone. */
const NARROW_LETTERS = 42;
/** About so wide is a letter. */
const LETTER_WIDTH = 8.5;

/** An insight as a picture: differences topic by topic, else groups beside one another; without an answer the sentence itself. */
export async function insightSvg(view: InsightView, size: ChartSize, language: string): Promise<string> {
  const { groups, groupUnit } = view;
  if (view.notAnswerable || groups.length === 0) return sentenceSvg(view.sentence, size);
  if (groupUnit === 'points') {
    const topics = view.figures.filter(({ key }) => key === 'topic');
    const differences = [
      { label: translator(language)('insight.figure.all_topics'), ...view.effect! },
      ...topics,
    ];
    return renderChart(
      differenceChartOption({
        language,
        axisName: translator(language)('insight.axis.points'),
        differences: differences.map(({ label, value, low, high }) => ({
          name: label,
          value: value / 100,
          low: (low ?? value) / 100,
          high: (high ?? value) / 100,
        })),
      }),
      size,
    );
  }
  const bars = groups.map(({ label, value, low, high }) => ({
    name: size === 'wide' ? label : linesOf(label, Math.floor(NARROW_LETTERS / groups.length)).join('\n'),
    value,
    ...(low !== null && high !== null && { low, high }),
  }));
  return renderChart(barChartOption({ language, bars }), size);
}

/** The text in the middle of an image, broken into lines. */
function sentenceSvg(sentence: string, size: ChartSize): string {
  const { width, height } = CHART_SIZES[size];
  const lines = linesOf(sentence, Math.floor((width - 2 * LINE_HEIGHT) / LETTER_WIDTH));
  const top = (height - lines.length * LINE_HEIGHT) / 2 + FONT_SIZE;
  const texts = lines.map(
    (line, n) =>
      `<text x="${width / 2}" y="${top + n * LINE_HEIGHT}" text-anchor="middle">${escaped(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${CHART_FONT}" font-size="${FONT_SIZE}" fill="${CHART_COLOURS.text}"><rect width="${width}" height="${height}" fill="#ffffff"/>${texts.join('')}</svg>`;
}

function linesOf(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)!} ${word}`.trim();
    if (line.length <= width || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!);
}

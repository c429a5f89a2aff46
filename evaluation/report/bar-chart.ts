import { html, type Html } from './html.ts';

export interface Bar {
  readonly label: string;
  /** In the chart's unit. */
  readonly value: number;
  /** Where the value may as well lie. */
  readonly bounds?: readonly [low: number, high: number];
  /** Ours, beside those of others. */
  readonly isOurs: boolean;
}

const ROW = 26;
const LABELS = 250;
const WIDTH = 720;
const FIGURES = 84;

/** Lying bars, one for each thing, with their figures; read out as a list by those who cannot see it. */
export function barChart(title: string, unit: string, most: number, bars: readonly Bar[]): Html {
  const scale =
    (WIDTH - LABELS - FIGURES) / Math.max(most, ...bars.map(({ value, bounds }) => bounds?.[1] ?? value));
  const height = bars.length * ROW + 8;
  const told = bars.map(({ label, value }) => `${label}: ${figure(value)} ${unit}`).join('; ');
  return html`<figure>
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${`${title}. ${told}`}">
      ${bars.map((bar, index) => barOf(bar, index * ROW + 4, scale, unit))}
    </svg>
  </figure> `;
}

function barOf({ label, value, bounds, isOurs }: Bar, top: number, scale: number, unit: string): Html {
  const middle = top + ROW / 2;
  const end = LABELS + value * scale;
  const whisker = bounds
    ? html`<path
        class="whisker"
        d="M${place(LABELS + bounds[0] * scale)} ${middle}H${place(LABELS + bounds[1] * scale)}"
      />`
    : undefined;
  const textAt = Math.max(end, bounds ? LABELS + bounds[1] * scale : 0) + 6;
  return html`<text x="${LABELS - 8}" y="${middle + 4}" text-anchor="end">${shortened(label)}</text>
    <rect
      class="${isOurs ? 'ours' : 'theirs'}"
      x="${LABELS}"
      y="${top + 4}"
      width="${place(Math.max(1, end - LABELS))}"
      height="${ROW - 8}"
      rx="2"
    />${whisker}
    <text x="${place(textAt)}" y="${middle + 4}">${figure(value)} ${unit}</text> `;
}

function place(position: number): string {
  return position.toFixed(1);
}

function figure(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

function shortened(label: string): string {
  const letters = [...label];
  return letters.length > 36 ? `${letters.slice(0, 35).join('')}…` : label;
}

import { useId } from 'preact/hooks';
import { scale } from './scale.ts';

export type Bar = { key: number; name: string; value: number; text: string };

const WIDTH = 720;
const HEIGHT = 200;
/** Room for the axis, and above the highest bar. */
const [LEFT, BOTTOM, TOP] = [56, 22, 8];
const GAP = 3;

/**
 * Bars over time, as a picture: whoever does not see it has `summary`, and the table that stands beside every chart. Colours are those of
 * the page, set by its styles.
 */
export function Bars({
  bars,
  summary,
  axis,
  every = 7,
}: {
  bars: readonly Bar[];
  summary: string;
  /** A number as the axis says it. */
  axis: (value: number) => string;
  /** Which bars are named: each so many. */
  every?: number;
}) {
  const id = useId();
  const { top, steps } = scale(Math.max(0, ...bars.map(({ value }) => value)));
  const slot = (WIDTH - LEFT) / Math.max(1, bars.length);
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={id}>
      <title id={id}>{summary}</title>
      {steps.map((step) => (
        <g key={step}>
          <line class="chart__line" x1={LEFT} x2={WIDTH} y1={y(step)} y2={y(step)} />
          <text class="chart__text" x={LEFT - 8} y={y(step)} text-anchor="end" dominant-baseline="middle">
            {axis(step)}
          </text>
        </g>
      ))}
      {bars.map(({ key, name, value, text }, i) => (
        <g key={key} class="chart__bar">
          <title>{text}</title>
          {/* All of the column answers to the pointer, also above a low bar. */}
          <rect
            class="chart__column"
            x={LEFT + i * slot}
            y={TOP}
            width={slot}
            height={HEIGHT - TOP - BOTTOM}
          />
          <rect
            x={LEFT + i * slot + GAP / 2}
            y={y(value)}
            width={Math.max(1, slot - GAP)}
            height={HEIGHT - BOTTOM - y(value)}
            rx={1.5}
          />
          {/* Counted from today: that is the one to find. */}
          {(bars.length - 1 - i) % every === 0 && (
            <text
              class="chart__text"
              x={i === bars.length - 1 ? WIDTH : LEFT + (i + 0.5) * slot}
              y={HEIGHT - 6}
              text-anchor={i === bars.length - 1 ? 'end' : 'middle'}
            >
              {name}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** A share of the most, beside its number in a table, which says it all. */
export const Share = ({ of, most }: { of: number; most: number }) => (
  <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect width={most > 0 ? (of / most) * 100 : 0} height={8} rx={1} />
  </svg>
);

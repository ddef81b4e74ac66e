import { writeFile } from 'node:fs/promises';

/** Bit/s against a score. */
export type Point = { rate: number; score: number };
export type Curve = { name: string; points: readonly Point[] };

/** The rate at which a curve has a score: straight between neighbours in log rate; null outside of what was measured. */
export function rateAt({ points }: Curve, score: number): number | null {
  const log = valueAt(
    points.map((point) => ({ score: point.score, value: Math.log(point.rate) })),
    score,
  );
  return log === null ? null : Math.exp(log);
}

/** What else was measured of the same encodes, where they have a score: straight between neighbours; null outside of them. */
export function valueAt(points: readonly { score: number; value: number }[], score: number): number | null {
  const sorted = points.toSorted((a, b) => a.score - b.score);
  for (const [i, right] of sorted.entries()) {
    const left = sorted[i - 1];
    if (!left || score < left.score || score > right.score) continue;
    const share = right.score === left.score ? 0 : (score - left.score) / (right.score - left.score);
    return left.value + share * (right.value - left.value);
  }
  return null;
}

const WIDTH = 760;
const HEIGHT = 440;
const EDGE = { left: 60, right: 200, top: 40, bottom: 50 };
const COLOURS = ['#c2410c', '#1d4ed8', '#15803d', '#7e22ce', '#b45309', '#0f766e'];

/** Draws curves into an SVG file: rate across (log), score up. */
export async function drawCurves(path: string, title: string, curves: readonly Curve[]): Promise<void> {
  const all = curves.flatMap(({ points }) => points);
  const [slow, quick] = [
    Math.min(...all.map((p) => p.rate)) / 1.15,
    Math.max(...all.map((p) => p.rate)) * 1.15,
  ];
  const [low, high] = [Math.floor(Math.min(...all.map((p) => p.score)) - 1), 100];
  const x = (rate: number) =>
    EDGE.left + (Math.log(rate / slow) / Math.log(quick / slow)) * (WIDTH - EDGE.left - EDGE.right);
  const y = (score: number) =>
    HEIGHT - EDGE.bottom - ((score - low) / (high - low)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const text = (at: [number, number], words: string, anchor = 'middle') =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#ddd"/>`;
  const rates = [100, 200, 500, 1000, 2000, 5000, 10_000]
    .map((k) => k * 1000)
    .filter((r) => r > slow && r < quick);
  const scores = Array.from({ length: 11 }, (_, i) => i * 10).filter((s) => s >= low && s <= high);
  const drawn = curves.map(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length]!;
    const sorted = points.toSorted((a, b) => a.rate - b.rate);
    const path = sorted.map((p) => `${x(p.rate).toFixed(1)},${y(p.score).toFixed(1)}`).join(' ');
    const dots = sorted.map(
      (p) => `<circle cx="${x(p.rate).toFixed(1)}" cy="${y(p.score).toFixed(1)}" r="4" fill="${colour}"/>`,
    );
    const key = `<g fill="${colour}">${text([WIDTH - EDGE.right + 16, EDGE.top + 20 + i * 22], name, 'start')}</g>`;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${key}`;
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<g font-size="16">${text([WIDTH / 2, 24], title)}</g>`,
    ...rates.map(
      (r) =>
        line(x(r), EDGE.top, x(r), HEIGHT - EDGE.bottom) +
        text([x(r), HEIGHT - EDGE.bottom + 18], `${r / 1000}`),
    ),
    ...scores.map(
      (s) => line(EDGE.left, y(s), WIDTH - EDGE.right, y(s)) + text([EDGE.left - 18, y(s) + 4], `${s}`),
    ),
    text([(EDGE.left + WIDTH - EDGE.right) / 2, HEIGHT - 10], 'kbit/s'),
    ...drawn,
    '</svg>',
  ].join('\n');
  await writeFile(path, svg);
}

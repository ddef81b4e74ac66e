import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';

export type Pen = SKRSContext2D;
export type Point = readonly [number, number];
/** Points as written down: `'0,-78 -96,-62 …'`, or made by code. */
export type Points = string | readonly Point[];
const read = new Map<string, readonly Point[]>();
function pointsOf(points: Points): readonly Point[] {
  if (typeof points !== 'string') return points;
  const known = read.get(points);
  if (known) return known;
  const list = points.split(' ').map((p): Point => {
    const [x, y] = p.split(',').map(Number);
    return [x!, y!];
  });
  read.set(points, list);
  return list;
}

export type Paint = string | CanvasGradient;
type CanvasGradient = ReturnType<Pen['createLinearGradient']>;

/** A picture that is drawn once. */
export function sheet(width: number, height: number, draw: (g: Pen) => void): Canvas {
  const canvas = createCanvas(width, height);
  draw(canvas.getContext('2d'));
  return canvas;
}

/** A top-to-bottom gradient; stops are `[position, colour]`. */
export function wash(
  g: Pen,
  y0: number,
  y1: number,
  stops: readonly (readonly [number, string])[],
): CanvasGradient {
  const gradient = g.createLinearGradient(0, y0, 0, y1);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  return gradient;
}

/** A soft round light. */
export function glow(g: Pen, x: number, y: number, radius: number, colour: string, strength = 1): void {
  const gradient = g.createRadialGradient(x, y, 0, x, y, radius);
  gradient.addColorStop(0, colour);
  gradient.addColorStop(0.35, `${colour}66`);
  gradient.addColorStop(1, `${colour}00`);
  g.save();
  g.globalAlpha = strength;
  g.fillStyle = gradient;
  g.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  g.restore();
}

/** The path of a smooth curve through all points (Catmull–Rom as cubic Béziers). */
export function curve(g: Pen, points: readonly Point[], closed = true): void {
  const n = points.length;
  const at = (i: number): Point => (closed ? points[(i + n) % n]! : points[Math.min(n - 1, Math.max(0, i))]!);
  g.moveTo(...at(0));
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    g.bezierCurveTo(
      b[0] + (c[0] - a[0]) / 6,
      b[1] + (c[1] - a[1]) / 6,
      c[0] - (d[0] - b[0]) / 6,
      c[1] - (d[1] - b[1]) / 6,
      c[0],
      c[1],
    );
  }
  if (closed) g.closePath();
}

export type Look = { fill?: Paint; line?: string; width?: number; sharp?: boolean; shade?: (g: Pen) => void };
/** A closed shape: filled, shaded inside its outline, then outlined. */
export function shape(g: Pen, outline: Points, { fill, line, width = 4, sharp, shade }: Look): void {
  const points = pointsOf(outline);
  const path = () => {
    g.beginPath();
    if (sharp) {
      g.moveTo(...points[0]!);
      for (const p of points.slice(1)) g.lineTo(...p);
      g.closePath();
    } else curve(g, points);
  };
  finish(g, path, { fill, line, width, shade });
}

export function oval(g: Pen, x: number, y: number, rx: number, ry: number, look: Look): void {
  finish(
    g,
    () => {
      g.beginPath();
      g.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
    },
    { width: 4, ...look },
  );
}

export function box(g: Pen, x: number, y: number, w: number, h: number, look: Look): void {
  finish(
    g,
    () => {
      g.beginPath();
      g.rect(x, y, w, h);
    },
    { width: 4, ...look },
  );
}

function finish(
  g: Pen,
  path: () => void,
  { fill, line, width, shade }: { [K in keyof Look]: Look[K] | undefined },
): void {
  path();
  if (fill) {
    g.fillStyle = fill;
    g.fill();
  }
  if (shade) {
    g.save();
    g.clip();
    shade(g);
    g.restore();
    path();
  }
  if (line) {
    g.strokeStyle = line;
    g.lineWidth = width ?? 4;
    g.lineJoin = 'round';
    g.lineCap = 'round';
    g.stroke();
  }
}

/** A brush stroke: thick where the hand presses, thin at its ends. */
export function ink(
  g: Pen,
  points: Points,
  width: number,
  colour: string,
  press: (t: number) => number = (t) => 0.25 + 0.75 * Math.sin(Math.PI * t) ** 0.6,
): void {
  const line = sampled(pointsOf(points));
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i < line.length; i++) {
    const [x0, y0] = line[Math.max(0, i - 1)]!;
    const [x1, y1] = line[Math.min(line.length - 1, i + 1)]!;
    const length = Math.hypot(x1 - x0, y1 - y0) || 1;
    const half = (width / 2) * press(i / (line.length - 1));
    const [nx, ny] = [(-(y1 - y0) / length) * half, ((x1 - x0) / length) * half];
    const [x, y] = line[i]!;
    left.push([x + nx, y + ny]);
    right.unshift([x - nx, y - ny]);
  }
  g.beginPath();
  g.moveTo(...left[0]!);
  for (const p of [...left, ...right]) g.lineTo(...p);
  g.closePath();
  g.fillStyle = colour;
  g.fill();
  // Round ends, so that a thick start does not look cut.
  for (const [at, t] of [
    [line[0]!, 0],
    [line.at(-1)!, 1],
  ] as const) {
    g.beginPath();
    g.arc(at[0], at[1], (width / 2) * press(t), 0, Math.PI * 2);
    g.fill();
  }
}

function sampled(points: readonly Point[], steps = 14): Point[] {
  const at = (i: number): Point => points[Math.min(points.length - 1, Math.max(0, i))]!;
  const out: Point[] = [];
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let s = 0; s < steps; s++) {
      const t = s / steps;
      const along = (k: 0 | 1) =>
        b[k] +
        0.5 *
          t *
          (c[k] - a[k] + t * (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k] + t * (3 * (b[k] - c[k]) + d[k] - a[k])));
      out.push([along(0), along(1)]);
    }
  }
  out.push(at(points.length - 1));
  return out;
}

/** Draws in a frame of its own: moved, turned, stretched. */
export function placed(
  g: Pen,
  { x = 0, y = 0, turn = 0, sx = 1, sy = sx, alpha = 1 }: Partial<Place>,
  draw: (g: Pen) => void,
): void {
  g.save();
  g.translate(x, y);
  g.rotate(turn);
  g.scale(sx, sy);
  g.globalAlpha *= alpha;
  draw(g);
  g.restore();
}
export type Place = { x: number; y: number; turn: number; sx: number; sy: number; alpha: number };

import { random } from './random.ts';
import { glow, shape, wash, type Pen, type Point } from './shape.ts';

export type Stops = readonly (readonly [number, string])[];
/** A cel has a shadow tone, its own tone and, where light falls, a third. */
export type Tones = readonly [shade: string, body: string, light?: string];
type Ball = readonly [x: number, y: number, r: number];

export function sky(g: Pen, w: number, h: number, stops: Stops): void {
  g.fillStyle = wash(g, 0, h, stops);
  g.fillRect(0, 0, w, h);
}

export function stars(g: Pen, w: number, h: number, count: number, seed: number, colour = '#fff7e0'): void {
  const r = random(seed);
  g.fillStyle = colour;
  for (let i = 0; i < count; i++) {
    const y = r() ** 1.4 * h;
    g.globalAlpha = r.between(0.25, 1) * (1 - 0.6 * (y / h));
    g.beginPath();
    g.arc(r() * w, y, r() < 0.08 ? r.between(2.4, 3.6) : r.between(0.7, 1.8), 0, 7);
    g.fill();
  }
  g.globalAlpha = 1;
}

export function moon(g: Pen, x: number, y: number, radius: number, colour = '#fff3cf'): void {
  glow(g, x, y, radius * 4, colour, 0.55);
  g.fillStyle = colour;
  g.beginPath();
  g.arc(x, y, radius, 0, 7);
  g.fill();
  g.fillStyle = '#00000010';
  for (const [dx, dy, s] of [
    [-0.3, -0.2, 0.22],
    [0.25, 0.3, 0.3],
    [0.38, -0.3, 0.14],
  ] as const) {
    g.beginPath();
    g.arc(x + dx * radius, y + dy * radius, s * radius, 0, 7);
    g.fill();
  }
}

/** A rolling ridge, down to `floor`. */
export function ridge(
  g: Pen,
  w: number,
  y: number,
  height: number,
  floor: number,
  fill: Parameters<typeof shape>[2]['fill'],
  seed: number,
  waves = 3,
): (x: number) => number {
  const r = random(seed);
  const parts = Array.from({ length: 5 }, (_, i) => ({
    f: (waves * (i + 1) * r.between(0.8, 1.2) * Math.PI * 2) / 1920,
    a: (height * r.between(0.6, 1)) / (i + 1) ** 1.3,
    p: r() * 7,
  }));
  const at = (x: number) => y + parts.reduce((sum, { f, a, p }) => sum + a * Math.sin(f * x + p), 0) * 0.6;
  const points: Point[] = [];
  for (let x = -20; x <= w + 20; x += 20) points.push([x, at(x)]);
  shape(g, [...points, [w + 20, floor], [-20, floor]], { ...(fill ? { fill } : {}), sharp: true });
  return at;
}

/** Round masses seen as one: a cloud, a bush, the crown of a tree. Light comes from `from`. */
export function clump(
  g: Pen,
  balls: readonly Ball[],
  [shade, body, light]: Tones,
  from: Point = [-0.35, -0.5],
): void {
  const union = (dx: number, dy: number, scale: number) => {
    g.beginPath();
    for (const [x, y, r] of balls) {
      g.moveTo(x + dx * r + r * scale, y + dy * r);
      g.arc(x + dx * r, y + dy * r, r * scale, 0, 7);
    }
  };
  union(0, 0, 1);
  g.fillStyle = shade;
  g.fill();
  g.save();
  g.clip();
  union(from[0] * 0.45, from[1] * 0.45, 0.98);
  g.fillStyle = body;
  g.fill();
  if (light) {
    union(from[0] * 1.25, from[1] * 1.25, 0.82);
    g.fillStyle = light;
    g.fill();
  }
  g.restore();
}

/** A heaped cloud on a flat base, about `w` wide, standing on `y`. */
export function cumulus(
  g: Pen,
  x: number,
  y: number,
  w: number,
  h: number,
  tones: Tones,
  seed: number,
): void {
  const r = random(seed);
  const balls: Ball[] = [];
  const count = 26;
  for (let i = 0; i < count; i++) {
    const t = (i + 0.5) / count;
    const dome = Math.sin(Math.PI * t) ** 0.8 * (0.72 + 0.28 * Math.sin(t * 9 + seed));
    const radius = (w / 11) * r.between(0.75, 1.25) * (0.55 + 0.6 * dome);
    const levels = Math.max(1, Math.round((dome * h) / (radius * 1.1)));
    for (let k = 0; k < levels; k++) {
      const up = (k / levels) * dome * h;
      balls.push([
        x + (t - 0.5) * w * (1 - 0.18 * (k / levels)) + r.between(-0.2, 0.2) * radius,
        y - up - radius * 0.4,
        radius * r.between(0.8, 1.1),
      ]);
    }
  }
  g.save();
  g.beginPath();
  g.rect(x - w, y - h * 3, w * 2, h * 3 + w * 0.01);
  g.clip();
  clump(g, balls, tones);
  g.restore();
}

/** Long thin clouds of an evening. */
export function streaks(
  g: Pen,
  w: number,
  y0: number,
  y1: number,
  count: number,
  colour: string,
  seed: number,
): void {
  const r = random(seed);
  g.fillStyle = colour;
  for (let i = 0; i < count; i++) {
    const [x, y, len] = [r() * w, r.between(y0, y1), r.between(0.12, 0.4) * w];
    const thick = r.between(3, 12);
    g.beginPath();
    g.moveTo(x - len / 2, y);
    g.bezierCurveTo(x - len / 4, y - thick, x + len / 4, y - thick * 0.6, x + len / 2, y);
    g.bezierCurveTo(x + len / 4, y + thick * 0.5, x - len / 4, y + thick * 0.7, x - len / 2, y);
    g.fill();
  }
}

export function bush(g: Pen, x: number, y: number, w: number, h: number, tones: Tones, seed: number): void {
  const r = random(seed);
  const balls: Ball[] = [];
  for (let i = 0; i < 16; i++) {
    const t = (i + 0.5) / 16;
    const radius = Math.min(w, h) * r.between(0.2, 0.32);
    balls.push([
      x + (t - 0.5) * w,
      y - radius * 0.5 - Math.sin(Math.PI * t) * (h - radius * 1.6) * r.between(0.5, 1),
      radius,
    ]);
    balls.push([x + (t - 0.5) * w * 0.9, y - radius * 0.4, radius]);
  }
  clump(g, balls, tones);
}

/** A broad tree: trunk and crown. */
export function tree(
  g: Pen,
  x: number,
  y: number,
  h: number,
  tones: Tones,
  trunk: string,
  seed: number,
): void {
  shape(
    g,
    [
      [x - h * 0.05, y],
      [x - h * 0.025, y - h * 0.3],
      [x - h * 0.07, y - h * 0.55],
      [x + h * 0.07, y - h * 0.55],
      [x + h * 0.03, y - h * 0.3],
      [x + h * 0.06, y],
    ],
    { fill: trunk },
  );
  const r = random(seed);
  const balls: Ball[] = [];
  for (let i = 0; i < 22; i++) {
    const a = r() * 7;
    const d = Math.sqrt(r());
    balls.push([
      x + Math.cos(a) * d * h * 0.3,
      y - h * 0.66 + Math.sin(a) * d * h * 0.24,
      h * r.between(0.08, 0.14),
    ]);
  }
  clump(g, balls, tones);
}

/** A cedar: stacked, drooping boughs. */
export function cedar(g: Pen, x: number, y: number, h: number, [shade, body, light]: Tones): void {
  const tiers = 6;
  for (let i = 0; i < tiers; i++) {
    const top = y - h + (i * h * 0.82) / tiers - h * 0.02;
    const half = h * (0.07 + 0.035 * i);
    const foot = top + h * 0.3;
    const bough: Point[] = [
      [x, top],
      [x + half * 0.5, top + h * 0.14],
      [x + half, foot],
      [x + half * 0.45, foot - h * 0.02],
      [x, foot + h * 0.025],
      [x - half * 0.45, foot - h * 0.02],
      [x - half, foot],
      [x - half * 0.5, top + h * 0.14],
    ];
    shape(g, bough, {
      fill: body,
      sharp: true,
      shade: () => {
        g.fillStyle = shade;
        g.beginPath();
        g.moveTo(x + half * 0.1, top);
        g.lineTo(x + half * 1.2, foot + 40);
        g.lineTo(x - half * 0.2, foot + 40);
        g.fill();
        if (light) {
          g.fillStyle = light;
          g.beginPath();
          g.moveTo(x, top);
          g.lineTo(x - half, foot);
          g.lineTo(x - half * 0.7, foot);
          g.fill();
        }
      },
    });
  }
}

/** A tuft row of grass along `y`. */
export function grass(
  g: Pen,
  x0: number,
  x1: number,
  y: (x: number) => number,
  h: number,
  colours: readonly string[],
  seed: number,
  gap = 9,
): void {
  const r = random(seed);
  for (let x = x0; x < x1; x += r.between(0.4, 1.6) * gap) {
    const [tall, lean] = [h * r.between(0.4, 1), r.between(-0.5, 0.5) * h];
    const root = y(x);
    g.fillStyle = r.pick(colours);
    g.beginPath();
    g.moveTo(x - h * 0.05, root + 4);
    g.quadraticCurveTo(x, root - tall * 0.6, x + lean, root - tall);
    g.quadraticCurveTo(x + h * 0.08, root - tall * 0.5, x + h * 0.07, root + 4);
    g.fill();
  }
}

import { random } from './random.ts';
import { oval, type Pen } from './shape.ts';

/** Rain in slanted strokes; other seeds are other drawings of the same rain. */
export function rain(
  g: Pen,
  w: number,
  h: number,
  count: number,
  seed: number,
  colour: string,
  slant = 0.12,
  alpha = 0.55,
): void {
  const r = random(seed);
  g.save();
  g.strokeStyle = colour;
  g.lineCap = 'round';
  for (let i = 0; i < count; i++) {
    const near = r();
    const length = 26 + near * 70;
    const [x, y] = [r.between(-0.1, 1.1) * w, r.between(-0.1, 1) * h];
    g.globalAlpha = alpha * (0.25 + 0.75 * near);
    g.lineWidth = 1 + near * 2.2;
    g.beginPath();
    g.moveTo(x, y);
    g.lineTo(x - slant * length, y + length);
    g.stroke();
  }
  g.restore();
}

/** Little crowns where drops land, between y0 and y1. */
export function splashes(
  g: Pen,
  w: number,
  y0: number,
  y1: number,
  count: number,
  seed: number,
  colour: string,
): void {
  const r = random(seed);
  g.save();
  g.strokeStyle = colour;
  g.lineWidth = 2;
  for (let i = 0; i < count; i++) {
    const y = r.between(y0, y1);
    const s = 0.5 + (y - y0) / (y1 - y0);
    const x = r() * w;
    g.globalAlpha = r.between(0.3, 0.8);
    g.beginPath();
    g.ellipse(x, y, 14 * s, 4 * s, 0, 0, 7);
    g.stroke();
    g.beginPath();
    g.moveTo(x - 4 * s, y - 6 * s);
    g.lineTo(x - 7 * s, y - 14 * s);
    g.moveTo(x + 4 * s, y - 6 * s);
    g.lineTo(x + 7 * s, y - 13 * s);
    g.stroke();
  }
  g.restore();
}

/** Things that drift down: petals turn as they fall, snow does not. `t` in seconds moves them. */
export function drift(
  g: Pen,
  w: number,
  h: number,
  count: number,
  seed: number,
  colours: readonly string[],
  kind: 'petal' | 'snow',
  t = 0,
): void {
  const r = random(seed);
  for (let i = 0; i < count; i++) {
    const near = r();
    const speed = (kind === 'petal' ? 60 : 45) * (0.5 + near);
    const x =
      ((((r() * 1.2 * w + t * speed * 0.7 + Math.sin(t * 1.7 + i) * 20) % (w * 1.2)) + w * 1.2) % (w * 1.2)) -
      w * 0.1;
    const y = ((r() * 1.1 * h + t * speed) % (h * 1.1)) - h * 0.05;
    const size = kind === 'petal' ? 5 + near * 9 : 1.5 + near ** 2 * 7;
    g.save();
    g.translate(x, y);
    g.rotate(i + t * (1 + near));
    g.globalAlpha = 0.5 + near * 0.5;
    g.fillStyle = r.pick(colours);
    g.beginPath();
    if (kind === 'petal')
      g.ellipse(0, 0, size, size * 0.55 * Math.abs(Math.cos(t * 2 + i)) + size * 0.12, 0, 0, 7);
    else g.arc(0, 0, size, 0, 7);
    g.fill();
    g.restore();
  }
}

const heads = {
  blue: ['#4f68b5', '#7f9be0', '#b4c8f5'],
  pink: ['#9b5aa6', '#c988cf', '#ecc0e6'],
  night: ['#2f3f78', '#4a5fa0', '#6f86c2'],
} as const;
/** A hydrangea's head: many four-petalled flowers. */
export function hydrangea(
  g: Pen,
  x: number,
  y: number,
  r0: number,
  colour: keyof typeof heads,
  seed: number,
): void {
  const r = random(seed * 1000);
  const [dark, mid, light] = heads[colour];
  oval(g, x, y, r0, r0 * 0.9, { fill: dark });
  for (let i = 0; i < 30; i++) {
    const [a, d] = [r() * 7, Math.sqrt(r()) * 0.86 * r0];
    const [fx, fy] = [x + Math.cos(a) * d, y + Math.sin(a) * d * 0.9];
    const s = r0 * 0.15;
    const tone = fy < y - r0 * 0.1 && fx < x + r0 * 0.4 ? light : mid;
    const turn = r() * 2;
    for (let k = 0; k < 4; k++)
      oval(
        g,
        fx + Math.cos(turn + k * 1.571) * s * 0.8,
        fy + Math.sin(turn + k * 1.571) * s * 0.8,
        s * 0.8,
        s * 0.8,
        { fill: tone },
      );
    oval(g, fx, fy, s * 0.3, s * 0.3, { fill: dark });
  }
}

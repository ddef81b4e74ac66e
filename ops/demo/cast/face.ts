import { ink, oval, placed, type Pen } from '../draw/shape.ts';

export type Eyes = 'open' | 'shut' | 'happy' | 'wide' | 'sad' | 'firm' | 'none';
/** `a`, `i`, `o` are the flaps of speech; the others are held. */
export type Mouth = 'smile' | 'flat' | 'frown' | 'a' | 'i' | 'o' | 'none';

/** Round dots for the simple ones of the cast (the doll, the cloud). Centre of the face at 0,0; `s` is its half width. */
export function dotFace(g: Pen, s: number, eyes: Eyes, mouth: Mouth, ink1: string, blush: string): void {
  const ex = s * 0.36;
  if (eyes !== 'none')
    for (const side of [-1, 1]) {
      oval(g, side * s * 0.6, s * 0.24, s * 0.15, s * 0.09, { fill: blush });
      placed(g, { x: side * ex, sx: side, sy: 1 }, (g) => eye(g, s, eyes, ink1));
    }
  mouths(g, s * 0.27, s * 0.36, mouth, ink1);
}

function eye(g: Pen, s: number, eyes: Eyes, colour: string): void {
  const w = s * 0.055;
  if (eyes === 'shut')
    return ink(
      g,
      [
        [-s * 0.13, 0],
        [0, s * 0.07],
        [s * 0.13, 0],
      ],
      w,
      colour,
    );
  if (eyes === 'happy')
    return ink(
      g,
      [
        [-s * 0.14, s * 0.06],
        [0, -s * 0.09],
        [s * 0.14, s * 0.06],
      ],
      w * 1.15,
      colour,
    );
  const big = eyes === 'wide' ? 1.3 : 1;
  oval(g, 0, 0, s * 0.09 * big, s * 0.135 * big, { fill: colour });
  oval(g, -s * 0.03, -s * 0.05 * big, s * 0.032 * big, s * 0.042 * big, { fill: '#ffffff' });
  if (eyes === 'wide') oval(g, s * 0.03, s * 0.07, s * 0.018, s * 0.022, { fill: '#ffffff' });
  if (eyes === 'sad')
    ink(
      g,
      [
        [-s * 0.1, -s * 0.27],
        [s * 0.14, -s * 0.2],
      ],
      w * 0.9,
      colour,
    );
  if (eyes === 'firm')
    ink(
      g,
      [
        [-s * 0.12, -s * 0.18],
        [s * 0.14, -s * 0.27],
      ],
      w * 1.1,
      colour,
    );
}

/** A mouth around (0, y), about `w` wide. */
export function mouths(g: Pen, w: number, y: number, mouth: Mouth, colour: string): void {
  const h = w / 2;
  const arc = (bend: number) =>
    ink(
      g,
      [
        [-h, y],
        [0, y + bend],
        [h, y],
      ],
      w * 0.16,
      colour,
    );
  const open = (rx: number, ry: number) =>
    oval(g, 0, y + ry * 0.4, rx, ry, {
      fill: '#8c3b46',
      line: colour,
      width: w * 0.11,
      shade: (g) => oval(g, 0, y + ry * 1.2, rx * 0.8, ry * 0.7, { fill: '#f08c86' }),
    });
  switch (mouth) {
    case 'smile':
      return arc(w * 0.32);
    case 'flat':
      return arc(0);
    case 'frown':
      return arc(-w * 0.26);
    case 'a':
      return open(h * 0.82, h * 0.86);
    case 'i':
      return open(h * 0.8, h * 0.36);
    case 'o':
      return open(h * 0.46, h * 0.56);
    case 'none':
  }
}

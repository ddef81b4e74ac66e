import { ink, oval, placed, shape, type Pen } from '../draw/shape.ts';
import { clump, type Tones } from '../draw/nature.ts';
import { dotFace, type Eyes, type Mouth } from './face.ts';

export type MokuPose = {
  eyes?: Eyes;
  mouth?: Mouth;
  mood?: 'rain' | 'calm' | 'dawn';
  tears?: number;
  breath?: number;
};

const colours: Record<NonNullable<MokuPose['mood']>, { tones: Tones; line: string; blush: string }> = {
  rain: { tones: ['#5d6c94', '#8695b8', '#a9b6d2'], line: '#2f3a5c', blush: '#b79ac0' },
  calm: { tones: ['#98a6cf', '#cdd6ec', '#eef1fa'], line: '#414a74', blush: '#f2b6c0' },
  dawn: { tones: ['#e59aa6', '#ffd5cf', '#fff3e8'], line: '#84476a', blush: '#ff9d94' },
};

/** The rain cloud: 800 wide, centred on its face. `tears` runs from 0 to 1 again and again. */
export function moku(
  g: Pen,
  { eyes = 'sad', mouth = 'frown', mood = 'rain', tears, breath = 0 }: MokuPose = {},
): void {
  const { tones, line, blush } = colours[mood];
  const b = 1 + breath * 0.03;
  const balls = (
    [
      [-330, 70, 100],
      [-240, -40, 130],
      [-110, -130, 150],
      [60, -170, 165],
      [210, -70, 150],
      [330, 50, 115],
      [-180, 90, 140],
      [0, 60, 190],
      [180, 80, 150],
      [-60, 150, 120],
      [90, 150, 120],
      [300, 120, 84],
      [-300, 130, 78],
    ] as const
  ).map(([x, y, r]) => [x * b, y * b, r * b] as const);
  // The outline: the same mass a little larger, underneath.
  g.fillStyle = line;
  g.beginPath();
  for (const [x, y, r] of balls) {
    g.moveTo(x + r, y);
    g.arc(x, y, r + 6, 0, 7);
  }
  g.fill();
  clump(g, balls, tones);
  for (const [x, y, r, a] of [
    [-250, -20, 70, 3.4],
    [190, -90, 80, 4.9],
    [-80, -150, 80, 4],
    [300, 70, 60, 5.4],
  ] as const)
    ink(
      g,
      [0, 0.5, 1].map((t) => [x + Math.cos(a + t) * r, y + Math.sin(a + t) * r] as const),
      7,
      `${line}66`,
    );
  placed(g, { y: 20 }, (g) => dotFace(g, 190, eyes, mouth, line, blush));
  if (tears !== undefined)
    for (const side of [-1, 1])
      for (const phase of [0, 0.5]) {
        const t = (tears + phase) % 1;
        drop(
          g,
          side * (78 + t * 34),
          60 + t * 250,
          24 * (0.6 + 0.4 * Math.sin(Math.PI * t)),
          '#cfe6f7',
          line,
        );
      }
}

export function drop(g: Pen, x: number, y: number, r: number, fill: string, line?: string): void {
  shape(
    g,
    [
      [x, y - r * 1.9],
      [x + r * 0.72, y - r * 0.3],
      [x + r * 0.66, y + r * 0.6],
      [x, y + r],
      [x - r * 0.66, y + r * 0.6],
      [x - r * 0.72, y - r * 0.3],
    ],
    {
      fill,
      ...(line ? { line, width: r * 0.16 } : {}),
    },
  );
  oval(g, x - r * 0.26, y + r * 0.1, r * 0.14, r * 0.3, { fill: '#ffffff' });
}

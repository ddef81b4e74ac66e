import { ink, oval, placed, shape, type Pen, type Point } from '../draw/shape.ts';
import { mouths, type Eyes, type Mouth } from './face.ts';
import { dress, face, flower, fringe, hairBehind, LINE, obi, SKIN_SHADE, type Clothes } from './hana-look.ts';

export type HanaPose = {
  eyes?: Eyes;
  mouth?: Mouth;
  look?: Point;
  clothes?: Clothes;
  tilt?: number;
  lift?: number;
};

/** Hana, six, to the waist, seen from the front. The origin is her chin; the head is about 260 high. */
export function hana(
  g: Pen,
  { eyes = 'open', mouth = 'smile', look = [0, 0], clothes = 'pyjama', tilt = 0, lift = 0 }: HanaPose = {},
): void {
  const wear = dress[clothes];
  shape(g, '-34,-20 34,-20 44,60 -44,60', { fill: SKIN_SHADE, line: LINE, width: 5 });
  bust(g, wear, lift);
  placed(g, { turn: tilt }, (g) => {
    hairBehind(g);
    face(g);
    placed(g, { x: look[0] * 24, y: -96 + look[1] * 16 }, (g) => {
      for (const side of [-1, 1])
        placed(g, { x: side * 62, sx: side * (1 - side * look[0] * 0.08), sy: 1 }, (g) =>
          eye(g, eyes, side, look),
        );
      for (const side of [-1, 1]) oval(g, side * 88, 42, 24, 13, { fill: '#f9b3a0' });
      ink(g, '-3,30 4,36', 6, '#d0907c');
      placed(g, { y: 4 }, (g) => mouths(g, 46, 58, mouth, LINE));
    });
    fringe(g, look[0]);
    for (const side of [-1, 1])
      placed(g, { x: look[0] * 24 + side * 62, y: -96 + look[1] * 16, sx: side, sy: 1 }, (g) =>
        brow(g, eyes),
      );
    if (clothes === 'yukata') flower(g, 118, -196, 34);
  });
}

function bust(g: Pen, wear: (typeof dress)[Clothes], lift: number): void {
  const y = -lift * 8;
  shape(
    g,
    [
      [-60, 36 + y],
      [-128, 62 + y],
      [-176, 130 + y],
      [-212, 330],
      [-190, 420],
      [190, 420],
      [212, 330],
      [176, 130 + y],
      [128, 62 + y],
      [60, 36 + y],
    ],
    {
      fill: wear.cloth,
      line: LINE,
      width: 6,
      shade: (g) => {
        for (const [x, yy] of [
          [-140, 150],
          [-70, 250],
          [-160, 300],
          [40, 210],
          [120, 140],
          [150, 280],
          [80, 340],
          [-20, 360],
          [-110, 390],
        ] as const)
          oval(g, x, yy, 13, 13, { fill: wear.dot });
        if (wear.sash !== wear.shade) obi(g, wear.sash);
        shape(g, '90,30 110,160 70,430 300,430 250,60', { fill: `${wear.shade}cc` });
      },
    },
  );
  ink(g, '-118,180 -128,260 -120,360', 6, LINE);
  ink(g, '118,180 128,260 120,360', 6, LINE);
  // The throat, between the lapels.
  shape(
    g,
    [
      [-62, 24 + y],
      [62, 24 + y],
      [0, 150],
    ],
    { fill: SKIN_SHADE },
  );
  const lapel = (side: number) =>
    shape(
      g,
      [
        [side * 64, 34 + y],
        [side * 22, 120],
        [-side * 46, 236],
        [-side * 20, 250],
        [side * 52, 140],
        [side * 92, 50 + y],
      ],
      { fill: wear.collar, line: LINE, width: 5 },
    );
  lapel(-1);
  lapel(1);
}

function eye(g: Pen, eyes: Eyes, side: number, look: Point): void {
  if (eyes === 'shut') return ink(g, '-28,2 0,16 30,0', 10, LINE);
  if (eyes === 'happy') return ink(g, '-30,12 0,-14 32,12', 11, LINE);
  const tall = eyes === 'wide' ? 1.16 : 1;
  shape(
    g,
    [
      [-30, -4],
      [-16, -34 * tall],
      [14, -36 * tall],
      [32, -8],
      [24, 30],
      [0, 38 * tall],
      [-22, 28],
    ],
    {
      fill: '#fffaf4',
      shade: (g) => {
        const x = look[0] * 6 * side;
        oval(g, x, 2, 24, 36 * tall, { fill: '#6a3f35' });
        oval(g, x, 18, 18, 20, { fill: '#b8744d' });
        oval(g, x, 0, 11, 17, { fill: '#2b1820' });
        g.fillStyle = '#c9a59a77';
        g.fillRect(-40, -50, 80, 22);
      },
    },
  );
  oval(g, -8 * side + look[0] * 6 * side, -14, 9, 11, { fill: '#ffffff' });
  oval(g, 9 * side, 18, 4, 5, { fill: '#ffffff' });
  // The lid: thin at the nose, thick at the temple, with one lash.
  if (eyes === 'sad') g.rotate(0.1);
  const top = -38 * tall;
  ink(
    g,
    `-30,-16 -20,${top + 9} 0,${top - 1} 20,${top + 6} 34,-10 39,6`,
    15,
    LINE,
    (t) => 0.2 + 0.8 * t ** 0.8,
  );
  ink(g, '33,-14 42,-22 52,-24', 10, LINE, (t) => 1 - t * 0.8);
  ink(
    g,
    [
      [-14, 37 * tall],
      [6, 40 * tall],
      [20, 33],
    ],
    4,
    LINE,
  );
}

/** Drawn over the fringe, as eyebrows are. */
function brow(g: Pen, eyes: Eyes): void {
  const [inner, outer] = eyes === 'sad' ? [-78, -54] : eyes === 'firm' ? [-54, -72] : [-68, -66];
  ink(
    g,
    [
      [-26, inner],
      [4, (inner + outer) / 2 - 8],
      [32, outer],
    ],
    8,
    LINE,
  );
}

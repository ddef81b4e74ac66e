import { ink, oval, placed, shape, type Pen } from '../draw/shape.ts';
import {
  dress,
  face,
  flower,
  fringe,
  HAIR,
  HAIR_SHADE,
  hairBehind,
  LINE,
  obi,
  SKIN,
  SKIN_SHADE,
  type Clothes,
} from './hana-look.ts';

/** Hana from behind, to the waist: same origin, same size. */
export function hanaBack(g: Pen, clothes: Clothes, tilt = 0): void {
  const wear = dress[clothes];
  shape(g, '-34,-20 34,-20 44,60 -44,60', { fill: SKIN_SHADE, line: LINE, width: 5 });
  shape(g, '-50,30 -128,62 -176,130 -212,330 -190,460 190,460 212,330 176,130 128,62 50,30', {
    fill: wear.cloth,
    line: LINE,
    width: 6,
    shade: (g) => {
      for (const [x, yy] of [
        [-140, 150],
        [-70, 200],
        [-160, 280],
        [0, 140],
        [60, 220],
        [130, 150],
        [150, 260],
        [90, 330],
        [-20, 300],
        [-100, 350],
      ] as const)
        oval(g, x, yy, 13, 13, { fill: wear.dot });
      if (wear.sash !== wear.shade) obi(g, wear.sash);
      shape(g, '-100,40 -120,200 -90,480 -300,480 -250,60', { fill: `${wear.shade}cc` });
    },
  });
  shape(g, '-62,30 0,62 62,30 40,14 -40,14', { fill: wear.collar, line: LINE, width: 5 });
  if (clothes === 'yukata') {
    for (const side of [-1, 1])
      shape(
        g,
        [
          [0, 330],
          [side * 60, 270],
          [side * 130, 280],
          [side * 126, 370],
          [side * 50, 380],
        ],
        { fill: '#f7cd62', line: LINE, width: 6 },
      );
    oval(g, 0, 332, 26, 30, { fill: wear.sash, line: LINE, width: 6 });
  }
  placed(g, { turn: tilt }, (g) => {
    for (const side of [-1, 1]) oval(g, side * 146, -80, 20, 28, { fill: SKIN_SHADE, line: LINE, width: 5 });
    shape(
      g,
      '0,-296 -108,-268 -164,-172 -166,-70 -146,16 -100,34 -60,22 0,32 60,22 100,34 146,16 166,-70 164,-172 108,-268',
      {
        fill: HAIR,
        line: LINE,
        width: 6,
        shade: (g) => {
          shape(g, '-60,-310 -110,-190 -130,60 -220,60 -220,-300', { fill: HAIR_SHADE });
          shape(g, '30,-226 90,-220 136,-190 128,-176 100,-196 84,-188 64,-206 40,-200', { fill: '#8a6272' });
        },
      },
    );
    for (const x of [-90, -30, 40, 100])
      ink(
        g,
        [
          [x * 0.4, -270],
          [x, -150],
          [x * 1.05, 14],
        ],
        4,
        HAIR_SHADE,
        (t) => t,
      );
    if (clothes === 'yukata') flower(g, 124, -196, 34);
  });
}

/** Hana sitting on the edge of the veranda, small, seen from the garden. The origin is her seat. */
export function hanaSitting(g: Pen, swing: number): void {
  const wear = dress.pyjama;
  for (const side of [-1, 1]) {
    const k = side * 14 + swing * side * 5;
    ink(
      g,
      [
        [side * 14, -4],
        [side * 16, 22],
        [k + side * 2, 54],
      ],
      15,
      SKIN,
      () => 1,
    );
    oval(g, k + side * 3, 58, 12, 7, { fill: SKIN_SHADE });
  }
  shape(g, '-26,-62 -40,-10 -38,8 38,8 40,-10 26,-62', { fill: wear.cloth, line: LINE, width: 3 });
  ink(g, '-18,-62 4,-38 8,-20', 7, wear.collar, () => 1);
  placed(g, { y: -62, sx: 0.22 }, (g) => {
    hairBehind(g);
    face(g);
    for (const side of [-1, 1]) oval(g, side * 56, -86, 15, 24, { fill: LINE });
    fringe(g, 0);
  });
}

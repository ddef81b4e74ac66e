import { glow, ink, oval, placed, shape, type Pen, type Point } from '../draw/shape.ts';
import { mouths, type Eyes, type Mouth } from './face.ts';

const LINE = '#4a2c3a';
const HAIR = '#4b3140';
const HAIR_SHADE = '#33202e';
const SKIN = '#ffe6d2';
const SKIN_SHADE = '#efbba4';

export type Clothes = 'pyjama' | 'yukata';
export type HanaPose = {
  eyes?: Eyes;
  mouth?: Mouth;
  look?: Point;
  clothes?: Clothes;
  tilt?: number;
  lift?: number;
};

const dress: Record<Clothes, { cloth: string; shade: string; collar: string; dot: string; sash: string }> = {
  pyjama: { cloth: '#6d8fc4', shade: '#4d6ca3', collar: '#eef3fb', dot: '#f4f7ff', sash: '#4d6ca3' },
  yukata: { cloth: '#e2574f', shade: '#b23b46', collar: '#fff3e2', dot: '#ffd9a8', sash: '#f0b93f' },
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

const obi = (g: Pen, sash: string): void =>
  shape(g, '-260,300 0,312 260,300 260,480 -260,480', { fill: sash, line: LINE, width: 6, sharp: true });

function hairBehind(g: Pen): void {
  shape(
    g,
    '0,-292 -108,-266 -168,-170 -172,-60 -158,22 -108,34 0,20 108,34 158,22 172,-60 168,-170 108,-266',
    {
      fill: HAIR_SHADE,
      line: LINE,
      width: 6,
    },
  );
}

function face(g: Pen): void {
  for (const side of [-1, 1]) oval(g, side * 138, -86, 20, 28, { fill: SKIN_SHADE, line: LINE, width: 5 });
  shape(g, '0,2 -58,-14 -112,-62 -136,-130 -120,-220 0,-262 120,-220 136,-130 112,-62 58,-14', {
    fill: SKIN,
    line: LINE,
    width: 6,
    shade: (g) => {
      shape(g, '-160,-270 160,-270 150,-130 86,-140 30,-156 -40,-146 -96,-142 -150,-120', {
        fill: SKIN_SHADE,
      });
      shape(g, '140,-160 112,-70 54,-8 150,10', { fill: `${SKIN_SHADE}99` });
    },
  });
}

function fringe(g: Pen, turn: number): void {
  const s = turn * 14;
  shape(
    g,
    [
      [0, -296],
      [-96, -274],
      [-158, -190],
      [-166, -84],
      [-150, -22],
      [-132, -60],
      [-122, -116],
      [-96, -150],
      [-88 + s, -132],
      [-60 + s, -162],
      [-34 + s, -138],
      [0 + s, -166],
      [30 + s, -138],
      [64 + s, -164],
      [88 + s, -134],
      [106, -152],
      [124, -112],
      [134, -58],
      [150, -22],
      [166, -84],
      [158, -190],
      [96, -274],
    ],
    {
      fill: HAIR,
      line: LINE,
      width: 6,
      shade: (g) => {
        shape(g, '60,-310 110,-200 140,-60 200,0 200,-300', { fill: HAIR_SHADE });
        // The band of light that hair has in every cel.
        shape(g, '-138,-206 -90,-226 -40,-232 -34,-214 -62,-206 -72,-214 -92,-196 -104,-204 -128,-180', {
          fill: '#8a6272',
        });
      },
    },
  );
  for (const [x, y] of [
    [-62, -240],
    [-10, -246],
    [44, -242],
  ] as const)
    ink(
      g,
      [
        [x * 0.5, -276],
        [x + s * 0.6, y + 40],
        [x * 1.1 + s, -176],
      ],
      4,
      HAIR_SHADE,
      (t) => t,
    );
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
  ink(
    g,
    [
      [-34, -2],
      [-18, -34 * tall],
      [12, -38 * tall],
      [34, -12],
      [40, -16],
    ],
    13,
    LINE,
    (t) => 0.35 + 0.65 * Math.sin(Math.PI * Math.min(1, t + 0.15)) ** 0.5,
  );
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
  const [inner, outer] = eyes === 'sad' ? [-74, -58] : eyes === 'firm' ? [-54, -70] : [-64, -62];
  ink(
    g,
    [
      [-26, inner],
      [4, (inner + outer) / 2 - 8],
      [32, outer],
    ],
    8,
    HAIR,
  );
}

function flower(g: Pen, x: number, y: number, r: number): void {
  for (let i = 0; i < 5; i++)
    oval(g, x + Math.cos(i * 1.257) * r * 0.6, y + Math.sin(i * 1.257) * r * 0.6, r * 0.5, r * 0.5, {
      fill: '#fff1d6',
      line: '#c9796b',
      width: 4,
    });
  oval(g, x, y, r * 0.34, r * 0.34, { fill: '#f0b93f' });
}

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

/** A warm light over whatever was drawn, as from a lantern at (x, y). */
export const warmth = (g: Pen, x: number, y: number, r: number, strength: number): void => {
  g.save();
  g.globalCompositeOperation = 'soft-light';
  glow(g, x, y, r, '#ffb35a', strength);
  g.restore();
};

import { glow, ink, oval, placed, shape, wash, type Pen, type Point } from '../draw/shape.ts';
import { dotFace, type Eyes, type Mouth } from './face.ts';

const LINE = '#3a3f63';
const CLOTH = '#fbf7ee';
const SHADE = '#c9cfe6';

export type TeruPose = {
  eyes?: Eyes;
  mouth?: Mouth;
  /** Where it looks, -1 to 1 each way. */
  look?: Point;
  /** How far the hem trails, -1 to 1. */
  sway?: number;
  /** Above 0 squat and wide, below 0 tall and thin: on landing and at the top of a hop. */
  squash?: number;
  holds?: 'leaf' | 'lantern' | 'nothing';
  mud?: boolean;
  /** Length of the string it hangs from. */
  string?: number;
  /** How much of the drawn face is there yet, 0 to 1: eyes, eyes, mouth. */
  drawn?: number;
};

/** The teru teru bōzu. The origin is its neck; the head is 100 in radius, the hem 215 below. */
export function teru(g: Pen, pose: TeruPose = {}): void {
  const { sway = 0, squash = 0, holds = 'nothing', look = [0, 0], drawn = 1 } = pose;
  const draw = (g: Pen) => {
    if (pose.string)
      ink(
        g,
        [
          [0, -190],
          [2, -190 - pose.string],
        ],
        7,
        '#b8574f',
        () => 1,
      );
    if (holds === 'leaf') leafUmbrella(g, sway);
    cloth(g, sway, pose.mud ?? false);
    head(g);
    placed(g, { x: look[0] * 30, y: -88 + look[1] * 20 }, (g) => {
      const eyes = drawn < 0.35 ? 'none' : (pose.eyes ?? 'open');
      dotFace(g, 100, eyes, drawn < 0.7 ? 'none' : (pose.mouth ?? 'smile'), LINE, '#f7b9ae');
    });
    bow(g, sway);
    if (holds !== 'nothing') hand(g, holds === 'leaf' ? 84 : 100);
    if (holds === 'lantern') placed(g, { x: 128, y: 74 }, (g) => lantern(g, 46, 1));
  };
  placed(g, { y: squash * 215, sx: 1 + squash * 0.55, sy: 1 - squash }, draw);
}

function cloth(g: Pen, sway: number, mud: boolean): void {
  const at = (x: number, y: number): Point => [x + sway * 60 * (Math.max(0, y) / 215) ** 1.6, y];
  const edge: Point[] = [
    at(-34, -14),
    at(-52, 50),
    at(-84, 132),
    at(-124, 204),
    at(-92, 198),
    at(-62, 216),
    at(-26, 200),
    at(10, 218),
    at(46, 202),
    at(80, 216),
    at(122, 198),
    at(88, 124),
    at(54, 46),
    at(34, -14),
  ];
  shape(g, edge, {
    fill: CLOTH,
    line: LINE,
    width: 6,
    shade: (g) => {
      shape(g, [at(16, -20), at(30, 60), at(52, 140), at(58, 240), at(160, 240), at(120, 90), at(50, -20)], {
        fill: SHADE,
      });
      shape(g, [at(-70, 240), at(-60, 170), at(-50, 240)], { fill: SHADE });
      if (mud)
        for (const [x, y, r] of [
          [-88, 204, 26],
          [-40, 214, 20],
          [30, 212, 30],
          [92, 206, 22],
          [-60, 180, 7],
          [60, 176, 9],
          [12, 184, 5],
        ] as const)
          oval(g, ...at(x, y), r, r * 0.7, { fill: '#9a7a5c' });
    },
  });
  for (const [x, end] of [
    [-14, 92],
    [10, 70],
    [-30, 128],
  ] as const)
    ink(g, [at(x * 0.7, 6), at(x * 1.2, end * 0.5), at(x * 1.9, end)], 5, LINE, (t) => 1 - t);
}

function head(g: Pen): void {
  oval(g, 0, -95, 103, 98, {
    fill: SHADE,
    line: LINE,
    width: 6,
    shade: (g) => oval(g, -17, -108, 104, 98, { fill: CLOTH }),
  });
}

function bow(g: Pen, sway: number): void {
  const [red, dark] = ['#d8574c', '#8e2f38'];
  ink(g, '-38,-10 0,2 38,-10', 17, red, () => 1);
  for (const side of [-1, 1]) {
    shape(
      g,
      [
        [0, 2],
        [side * 26, -16],
        [side * 50, -8],
        [side * 44, 18],
        [side * 20, 14],
      ],
      { fill: red, line: dark, width: 4 },
    );
    ink(
      g,
      [
        [side * 2, 6],
        [side * 16 + sway * 10, 34],
        [side * 20 + sway * 22, 58],
      ],
      11,
      red,
      (t) => 1 - t * 0.4,
    );
  }
  oval(g, 0, 6, 13, 13, { fill: '#f3c65b', line: '#8a5a24', width: 4 });
  oval(g, 0, 10, 3, 4, { fill: '#8a5a24' });
}

const hand = (g: Pen, x: number): void => {
  shape(
    g,
    [
      [x - 44, 52],
      [x - 10, 34],
      [x + 18, 44],
      [x + 12, 68],
      [x - 20, 80],
      [x - 46, 84],
    ],
    { fill: CLOTH, line: LINE, width: 5 },
  );
  oval(g, x - 36, 68, 16, 14, { fill: CLOTH });
};

/** A butterbur leaf, held by its stalk. */
function leafUmbrella(g: Pen, sway: number): void {
  ink(
    g,
    [
      [88, 96],
      [84, -80],
      [26 - sway * 8, -252],
    ],
    13,
    '#5d8a4c',
    (t) => 1 - t * 0.4,
  );
  placed(g, { x: 18 - sway * 10, y: -250, turn: -0.08 - sway * 0.12 }, (g) => leaf(g));
}

export function leaf(g: Pen): void {
  shape(
    g,
    '0,-78 -96,-62 -188,2 -214,52 -150,40 -98,58 -44,42 0,60 48,42 104,58 152,38 216,50 186,-4 98,-64',
    {
      fill: '#6fa75a',
      line: '#2c5140',
      width: 6,
      shade: (g) => {
        shape(g, '20,-90 90,-20 80,80 240,80 230,-40 120,-90', { fill: '#4f8650' });
        shape(g, '-150,-10 -90,-54 -20,-64 -90,-34', { fill: '#97c774' });
      },
    },
  );
  for (const [x, y] of [
    [-170, 30],
    [-96, 46],
    [0, 46],
    [98, 46],
    [170, 28],
  ] as const)
    ink(
      g,
      [
        [0, -66],
        [x * 0.55, y * 0.1 - 14],
        [x, y],
      ],
      5,
      '#3d6b46',
      (t) => 1 - t * 0.8,
    );
}

/** A paper lantern, `r` in radius, hanging from the origin; `lit` from 0 to 1. */
export function lantern(g: Pen, r: number, lit: number): void {
  if (lit > 0) glow(g, 0, r * 1.35, r * 5, '#ffb45a', 0.75 * lit);
  ink(
    g,
    [
      [0, -r * 0.5],
      [0, r * 0.2],
    ],
    r * 0.08,
    '#3d2630',
    () => 1,
  );
  const paper =
    lit > 0.5
      ? wash(g, r * 0.2, r * 2.5, [
          [0, '#f08a4a'],
          [0.5, '#ffd98a'],
          [1, '#ee7b43'],
        ])
      : wash(g, r * 0.2, r * 2.5, [
          [0, '#a8474a'],
          [0.5, '#c4685d'],
          [1, '#8c3a44'],
        ]);
  oval(g, 0, r * 1.35, r * 0.92, r * 1.1, {
    fill: paper,
    line: '#6b2b32',
    width: Math.max(1.5, r * 0.07),
    shade: (g) => {
      g.strokeStyle = lit > 0.5 ? '#d8673e88' : '#6b2b3288';
      g.lineWidth = r * 0.05;
      for (let i = 1; i < 7; i++) {
        g.beginPath();
        g.ellipse(0, r * (0.25 + i * 0.31), r * 1.02, r * 0.1, 0, 0, Math.PI);
        g.stroke();
      }
    },
  });
  for (const y of [r * 0.26, r * 2.42])
    shape(
      g,
      [
        [-r * 0.4, y - r * 0.1],
        [r * 0.4, y - r * 0.1],
        [r * 0.4, y + r * 0.1],
        [-r * 0.4, y + r * 0.1],
      ],
      { fill: '#3d2630', sharp: true },
    );
  ink(
    g,
    [
      [0, r * 2.5],
      [0, r * 2.95],
    ],
    r * 0.12,
    '#d8574c',
    () => 1,
  );
}

import { ink, oval, shape, type Pen } from '../draw/shape.ts';

export const LINE = '#4a2c3a';
export const HAIR = '#4b3140';
export const HAIR_SHADE = '#33202e';
export const SKIN = '#ffe6d2';
export const SKIN_SHADE = '#efbba4';

export type Clothes = 'pyjama' | 'yukata';
export const dress: Record<
  Clothes,
  { cloth: string; shade: string; collar: string; dot: string; sash: string }
> = {
  pyjama: { cloth: '#6d8fc4', shade: '#4d6ca3', collar: '#eef3fb', dot: '#f4f7ff', sash: '#4d6ca3' },
  yukata: { cloth: '#e2574f', shade: '#b23b46', collar: '#fff3e2', dot: '#ffd9a8', sash: '#f0b93f' },
};

export const obi = (g: Pen, sash: string): void =>
  shape(g, '-260,300 0,312 260,300 260,480 -260,480', { fill: sash, line: LINE, width: 6, sharp: true });

export function hairBehind(g: Pen): void {
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

export function face(g: Pen): void {
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

export function fringe(g: Pen, turn: number): void {
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

export function flower(g: Pen, x: number, y: number, r: number): void {
  for (let i = 0; i < 5; i++)
    oval(g, x + Math.cos(i * 1.257) * r * 0.6, y + Math.sin(i * 1.257) * r * 0.6, r * 0.5, r * 0.5, {
      fill: '#fff1d6',
      line: '#c9796b',
      width: 4,
    });
  oval(g, x, y, r * 0.34, r * 0.34, { fill: '#f0b93f' });
}

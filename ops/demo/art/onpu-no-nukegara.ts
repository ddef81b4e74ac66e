import { random } from '../draw/random.ts';
import { cumulus, sky } from '../draw/nature.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import type { Painter } from './painter.ts';

/** The old music room at six: curtains, dust, and a bar that is never finished. */
export const onpuNoNukegara: Painter = (g, { w, h, wide, fx }) => {
  g.fillStyle = wash(g, 0, h, [
    [0, '#7a4a5c'],
    [1, '#c9805f'],
  ]);
  g.fillRect(0, 0, w, h);
  const floor = h * 0.78;
  const panes = (wide ? [0.05, 0.28, 0.51, 0.74] : [0.08, 0.54]).map(
    (x) => [w * x, w * (wide ? 0.2 : 0.38)] as const,
  );
  for (const [x, pw] of panes) pane(g, x, h * 0.08, pw, h * 0.52);
  box(g, -10, h * 0.62, w + 20, floor - h * 0.62, { fill: '#8f5a4f', line: '#5a3036', width: 5 });
  for (let x = 0; x < w; x += 90)
    ink(
      g,
      [
        [x, h * 0.62],
        [x, floor],
      ],
      4,
      '#5a303688',
      () => 1,
    );
  shape(
    g,
    [
      [-10, floor],
      [w + 10, floor],
      [w + 10, h + 10],
      [-10, h + 10],
    ],
    {
      fill: wash(g, floor, h, [
        [0, '#b8694a'],
        [1, '#6b3a3c'],
      ]),
      sharp: true,
    },
  );
  for (let i = -6; i < 14; i++)
    ink(
      g,
      [
        [fx + (i - 4) * 160, floor],
        [fx + (i - 4) * 330, h + 20],
      ],
      4,
      '#5a303666',
      () => 1,
    );
  // The windows' light lies on the floor.
  for (const [x, pw] of panes)
    shape(
      g,
      [
        [x + 10, floor + 10],
        [x + pw - 10, floor + 10],
        [x + pw - 160, h + 10],
        [x - 190, h + 10],
      ],
      { fill: '#ffd08a66', sharp: true },
    );
  for (const [i, [x, pw]] of panes.entries()) curtain(g, x, h * 0.05, pw, h * 0.62, i);
  placed(g, { x: fx + (wide ? 60 : 112), y: h * 0.93, sx: wide ? 1.1 : 0.8 }, piano);
  dust(g, w, h, fx);
};

function pane(g: Pen, x: number, y: number, w: number, h: number): void {
  g.save();
  g.beginPath();
  g.rect(x, y, w, h);
  g.clip();
  placed(g, { x, y }, (g) => {
    sky(g, w, h, [
      [0, '#f0705a'],
      [0.5, '#ffb066'],
      [1, '#ffe6a0'],
    ]);
    cumulus(g, w * 0.4, h * 0.96, w * 1.1, h * 0.3, ['#d8604f', '#ff9a6a', '#ffd08a'], x);
  });
  glow(g, x + w * 0.6, y + h * 0.78, w * 0.9, '#fff4c4', 0.9);
  g.restore();
  g.strokeStyle = '#5a3036';
  g.lineWidth = 14;
  g.strokeRect(x, y, w, h);
  box(g, x + w / 2 - 5, y, 10, h, { fill: '#5a3036' });
  for (const t of [0.34, 0.67]) box(g, x, y + h * t - 4, w, 8, { fill: '#5a3036' });
}

/** Lace that the evening wind lifts, one more than the next. */
function curtain(g: Pen, x: number, y: number, w: number, h: number, i: number): void {
  const blow = [0.5, 0.15, 0.7, 0.3][i % 4]! * w;
  const edge = [
    [x - 20, y],
    [x + w * 0.34, y],
    [x + w * 0.3 + blow * 0.3, y + h * 0.4],
    [x + w * 0.2 + blow * 0.9, y + h * 0.8],
    [x + w * 0.1 + blow, y + h],
    [x - 10 + blow * 0.5, y + h * 0.96],
    [x - 26, y + h * 0.98],
  ] as const;
  g.save();
  g.beginPath();
  g.rect(x - 60, y, w * 3, h * 2);
  g.clip();
  shape(g, edge, {
    fill: '#fff3dfcc',
    line: '#c98a70',
    width: 4,
    shade: (g) => {
      for (let k = 0; k < 5; k++)
        ink(
          g,
          [
            [x + k * w * 0.07, y],
            [x + k * w * 0.07 + blow * 0.2, y + h * 0.5],
            [x + k * w * 0.05 + blow * (0.2 + k * 0.18), y + h],
          ],
          11,
          '#e8a98a77',
          (t) => t,
        );
    },
  });
  g.restore();
  box(g, x - 34, y - 10, w * 1.05, 14, { fill: '#5a3036' });
}

function piano(g: Pen): void {
  const line = '#24141f';
  const black = '#3a2430';
  for (const x of [-230, 250])
    ink(
      g,
      [
        [x, -170],
        [x, -10],
      ],
      30,
      line,
      (t) => 1 - t * 0.4,
    );
  // The lid, propped.
  shape(g, '-170,-330 -60,-600 120,-640 300,-560 330,-430 300,-320', {
    fill: '#4d303c',
    line,
    width: 7,
    shade: (g) => {
      shape(g, '-140,-340 -40,-570 60,-600 -40,-330', { fill: '#7d4c50' });
    },
  });
  ink(g, '150,-320 190,-520', 9, line, () => 1);
  shape(g, '-270,-300 320,-330 344,-250 330,-180 -260,-170 -276,-200', {
    fill: black,
    line,
    width: 7,
    sharp: true,
    shade: (g) => {
      shape(g, '-280,-310 330,-340 330,-316 -280,-284', { fill: '#7d4c50' });
      shape(g, '100,-340 140,-160 400,-160 400,-340', { fill: '#24141f' });
    },
  });
  box(g, -290, -262, 84, 34, {
    fill: '#fff6e2',
    line,
    width: 5,
    shade: (g) => {
      for (let i = 0; i < 5; i++) box(g, -280 + i * 16, -262, 8, 18, { fill: line });
    },
  });
  shape(g, '-206,-300 -190,-400 -110,-406 -120,-302', { fill: '#fff6e2', line, width: 5, sharp: true });
  for (let i = 0; i < 4; i++)
    ink(
      g,
      [
        [-194, -376 + i * 18],
        [-124, -380 + i * 18],
      ],
      3,
      '#a0706a',
      () => 1,
    );
  oval(g, -170, -348, 7, 5, { fill: line });
  ink(g, '-164,-350 -164,-382', 3, line, () => 1);
  // The cicada's shell somebody left on the stand.
  shape(g, '-118,-330 -106,-346 -94,-332 -96,-308 -108,-304', { fill: '#c98a3f', line, width: 4 });
  girl(g, line);
}

function girl(g: Pen, line: string): void {
  for (const x of [-440, -340])
    ink(
      g,
      [
        [x, -110],
        [x, -6],
      ],
      16,
      line,
      () => 1,
    );
  box(g, -466, -136, 156, 30, { fill: '#8a4f3a', line, width: 6 });
  ink(g, '-370,-140 -300,-130 -286,-60 -280,-14', 40, line, () => 1);
  ink(g, '-370,-140 -300,-130 -286,-60 -280,-14', 30, '#ffdcc0', () => 1);
  shape(g, '-306,-22 -262,-26 -226,-6 -240,4 -310,4', { fill: '#5a3036', line, width: 5 });
  shape(g, '-452,-190 -470,-120 -300,-108 -280,-160 -340,-196', {
    fill: '#3f4a7d',
    line,
    width: 6,
    shade: (g) => {
      for (const x of [-430, -390, -350])
        ink(
          g,
          [
            [x, -200],
            [x - 6, -110],
          ],
          5,
          '#2a3160',
          () => 1,
        );
    },
  });
  shape(g, '-436,-330 -462,-260 -456,-176 -350,-180 -344,-260 -370,-334', {
    fill: '#fffaf0',
    line,
    width: 6,
    shade: (g) => shape(g, '-470,-340 -420,-240 -420,-160 -500,-160', { fill: '#e0b8a8' }),
  });
  ink(g, '-386,-316 -340,-256 -262,-244', 32, line, () => 1);
  ink(g, '-386,-316 -340,-256 -262,-244', 23, '#fffaf0', () => 1);
  oval(g, -254, -246, 17, 13, { fill: '#ffdcc0', line, width: 5 });
  shape(g, '-366,-342 -332,-316 -350,-280 -384,-320', { fill: '#d8504a', line, width: 4 });
  shape(g, '-440,-440 -350,-450 -322,-410 -316,-382 -330,-352 -370,-334 -430,-350', {
    fill: '#ffe0c6',
    line,
    width: 6,
  });
  ink(g, '-344,-392 -334,-386 -324,-390', 6, line);
  oval(g, -352, -368, 12, 7, { fill: '#f6a58f' });
  shape(
    g,
    '-330,-440 -380,-476 -450,-460 -486,-400 -490,-320 -470,-230 -440,-210 -420,-260 -400,-300 -392,-350 -380,-400 -350,-420 -322,-408',
    {
      fill: '#4a2a33',
      line,
      width: 6,
      shade: (g) => {
        shape(g, '-500,-460 -450,-380 -440,-200 -540,-200 -540,-460', { fill: '#331a26' });
        shape(g, '-420,-446 -370,-456 -350,-440 -380,-430 -410,-424', { fill: '#9a5f52' });
      },
    },
  );
}

function dust(g: Pen, w: number, h: number, fx: number): void {
  const r = random(17);
  for (let i = 0; i < 70; i++) {
    g.globalAlpha = r.between(0.3, 0.9);
    oval(g, r() * w, r() * h * 0.9, r.between(1.5, 4.5), r.between(1.5, 4.5), { fill: '#fff1c4' });
  }
  g.globalAlpha = 1;
  for (let i = 0; i < 8; i++) {
    const [x, y, s] = [fx - 160 + i * 40 + r.between(-30, 30), h * (0.5 - i * 0.055), 1.1 - i * 0.07];
    placed(g, { x, y, sx: s, turn: r.between(-0.3, 0.3), alpha: 0.85 }, (g) => {
      oval(g, 0, 0, 17, 13, { fill: '#fff6da' });
      ink(g, '14,-4 14,-72', 6, '#fff6da', () => 1);
      if (i % 2) ink(g, '14,-72 34,-56 36,-34', 8, '#fff6da');
    });
  }
}

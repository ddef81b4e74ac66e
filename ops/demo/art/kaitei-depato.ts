import { random } from '../draw/random.ts';
import { sky } from '../draw/nature.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import type { Painter } from './painter.ts';

/** Eight lit floors on the sea bed, and a customer with a complaint. */
export const kaiteiDepato: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#7fe0d8'],
    [0.3, '#2aa3b8'],
    [0.7, '#125f8f'],
    [1, '#0b2f5c'],
  ]);
  rays(g, w, h);
  for (const [x, s, c] of [
    [0.06, 0.9, '#17699a'],
    [0.3, 0.6, '#1a76a4'],
    [0.94, 1, '#155f92'],
  ] as const)
    placed(g, { x: w * x, y: h, sx: s * 1.2 }, (g) =>
      shape(g, '-260,0 -200,-240 -90,-330 -20,-270 70,-390 170,-250 260,0', { fill: c }),
    );
  placed(g, { x: wide ? w * 0.27 : w * 0.34, y: h * 0.27, sx: wide ? 1.05 : 0.72 }, whale);
  placed(g, { x: fx, y: h * 0.93, sx: wide ? 1 : 0.98 }, store);
  shape(
    g,
    [
      [-10, h * 0.93],
      [w * 0.3, h * 0.905],
      [w * 0.7, h * 0.925],
      [w + 10, h * 0.9],
      [w + 10, h + 10],
      [-10, h + 10],
    ],
    {
      fill: wash(g, h * 0.9, h, [
        [0, '#e0c58a'],
        [1, '#8f8a70'],
      ]),
    },
  );
  school(g, w * (wide ? 0.42 : 0.2), h * 0.56, 22, '#ffd36b');
  school(g, w * (wide ? 0.88 : 0.84), h * 0.2, 14, '#ff8f7a');
  for (const [x, s, c] of [
    [0.03, 1.1, '#ff6f6a'],
    [0.14, 0.8, '#ffb05a'],
    [0.36, 0.7, '#b06ad0'],
    [0.9, 1, '#ff6f9a'],
    [0.99, 1.2, '#ffb05a'],
  ] as const)
    coral(g, w * x, h * 0.97, s, c);
  crab(g, wide ? fx - 420 : w * 0.2, h * 0.96);
  const r = random(5);
  for (let i = 0; i < 34; i++) {
    const s = r.between(4, 20);
    const [x, y] = [r() * w, r() * h];
    oval(g, x, y, s, s, { fill: '#ffffff22', line: '#d8fbff', width: 2.5 });
    oval(g, x - s * 0.35, y - s * 0.35, s * 0.2, s * 0.2, { fill: '#ffffff' });
  }
};

function rays(g: Pen, w: number, h: number): void {
  g.save();
  g.globalCompositeOperation = 'screen';
  for (let i = 0; i < 9; i++) {
    const x = (i / 8) * w * 1.2 - w * 0.1;
    shape(
      g,
      [
        [x, -20],
        [x + 60 + (i % 3) * 40, -20],
        [x - 160 + (i % 2) * 80, h * 0.9],
        [x - 330, h * 0.9],
      ],
      {
        fill: wash(g, 0, h * 0.85, [
          [0, '#d8fff066'],
          [1, '#d8fff000'],
        ]),
        sharp: true,
      },
    );
  }
  g.restore();
}

function whale(g: Pen): void {
  const line = '#0d3560';
  shape(
    g,
    '-430,10 -400,-110 -250,-180 -40,-190 170,-130 300,-60 380,-70 440,-150 500,-160 470,-70 520,0 450,-10 390,-10 300,40 140,110 -80,150 -300,130',
    {
      fill: '#3a76b0',
      line,
      width: 7,
      shade: (g) => {
        shape(g, '-460,30 -300,50 -60,60 140,30 300,0 300,200 -460,200', { fill: '#e4f3f0' });
        for (let i = 0; i < 9; i++)
          ink(
            g,
            [
              [-400 + i * 8, 40 + i * 9],
              [-200 + i * 16, 66 + i * 9],
              [60, 60 + i * 9],
            ],
            5,
            '#9cc4d0',
            (t) => 1 - t,
          );
        shape(g, '-360,-120 -200,-180 -20,-186 -60,-160 -220,-150 -340,-90', { fill: '#6ba6d8' });
      },
    },
  );
  shape(g, '-110,90 -60,190 30,250 20,170 -20,90', { fill: '#2c6098', line, width: 7 });
  ink(g, '-424,30 -350,50 -290,24', 8, line);
  oval(g, -280, -20, 17, 20, { fill: line });
  oval(g, -285, -27, 6, 7, { fill: '#ffffff' });
  ink(g, '-312,-58 -282,-66 -256,-52', 7, line);
  oval(g, -240, 16, 26, 13, { fill: '#ff9a9a99' });
  // The handbag.
  box(g, 4, 236, 74, 56, { fill: '#d8504a', line, width: 6 });
  ink(g, '16,236 24,204 56,204 66,236', 7, line, () => 1);
  oval(g, 41, 250, 8, 8, { fill: '#ffd36b' });
}

function store(g: Pen): void {
  const line = '#0d2f56';
  glow(g, 0, -330, 560, '#ffe2a0', 0.5);
  box(g, -250, -640, 500, 650, {
    fill: '#f2e3c6',
    line,
    width: 7,
    shade: (g) => box(g, 110, -700, 300, 800, { fill: '#c9b8ae' }),
  });
  const goods = ['#d8504a', '#3f9a8a', '#8a5ac0', '#e89a3f', '#3f76c0'];
  const r = random(8);
  for (let floor = 0; floor < 7; floor++) {
    const y = -620 + floor * 82;
    for (let i = 0; i < 5; i++) {
      const x = -226 + i * 93;
      shape(
        g,
        [
          [x, y + 62],
          [x, y + 22],
          [x + 16, y + 2],
          [x + 40, y - 4],
          [x + 64, y + 2],
          [x + 80, y + 22],
          [x + 80, y + 62],
        ],
        {
          fill: wash(g, y, y + 62, [
            [0, '#fff3c4'],
            [1, '#ffc76a'],
          ]),
          line,
          width: 5,
          shade: (g) => {
            for (let k = 0; k < 3; k++)
              box(g, x + 8 + k * 24, y + r.between(28, 44), 17, 60, { fill: r.pick(goods) });
          },
        },
      );
    }
    box(g, -262, y + 66, 524, 11, { fill: '#c98a5a', line, width: 4 });
  }
  shape(g, '-290,-640 -250,-690 250,-690 290,-640', { fill: '#c94f4a', line, width: 7, sharp: true });
  shape(g, '-110,-690 -96,-770 0,-820 96,-770 110,-690', { fill: '#f2e3c6', line, width: 7, sharp: true });
  oval(g, 0, -738, 40, 40, { fill: '#fffbe8', line, width: 6 });
  ink(g, '0,-738 0,-766', 6, line, () => 1);
  ink(g, '0,-738 -18,-726', 6, line, () => 1);
  ink(g, '0,-820 0,-900', 7, line, () => 1);
  shape(g, '0,-900 70,-886 60,-866 74,-850 0,-854', { fill: '#d8504a', line, width: 5 });
  for (const x of [-190, 190]) {
    ink(
      g,
      [
        [x, -690],
        [x, -740],
      ],
      5,
      line,
      () => 1,
    );
    oval(g, x, -790, 44, 50, {
      fill: x < 0 ? '#ff8fa0' : '#7fd0e8',
      line,
      width: 6,
      shade: (g) => oval(g, x - 14, -806, 14, 17, { fill: '#ffffff88' }),
    });
  }
  for (let i = 0; i < 9; i++)
    shape(
      g,
      [
        [-264 + i * 59, -66],
        [-206 + i * 59, -66],
        [-210 + i * 61, -22],
        [-236 + i * 60, -10],
        [-262 + i * 58, -22],
      ],
      { fill: i % 2 ? '#fff6e2' : '#c94f4a', line, width: 5 },
    );
  for (const x of [-70, 4]) box(g, x, -24, 66, 120, { fill: '#fff0b8', line, width: 6 });
}

function school(g: Pen, x: number, y: number, count: number, colour: string): void {
  const r = random(count);
  for (let i = 0; i < count; i++)
    placed(g, { x: x + r.between(-190, 190), y: y + r.between(-80, 80), sx: r.between(0.5, 1) }, (g) => {
      shape(g, '-30,0 0,-15 26,-4 46,-18 44,18 26,4 0,15', { fill: colour, line: '#0d3560', width: 4 });
      oval(g, -14, -3, 3.5, 4, { fill: '#0d2f56' });
    });
}

function coral(g: Pen, x: number, y: number, s: number, colour: string): void {
  placed(g, { x, y, sx: s }, (g) => {
    for (const p of [
      '0,0 -10,-90 -60,-150 -66,-220',
      '-10,-60 40,-130 30,-230',
      '10,-30 80,-90 96,-170',
      '-12,-80 -90,-110 -116,-160',
      '34,-150 76,-200 74,-250',
    ]) {
      ink(g, p, 40, '#0d3560', (t) => 1 - t * 0.4);
    }
    for (const p of [
      '0,0 -10,-90 -60,-150 -66,-220',
      '-10,-60 40,-130 30,-230',
      '10,-30 80,-90 96,-170',
      '-12,-80 -90,-110 -116,-160',
      '34,-150 76,-200 74,-250',
    ])
      ink(g, p, 29, colour, (t) => 1 - t * 0.4);
  });
}

function crab(g: Pen, x: number, y: number): void {
  const line = '#0d2f56';
  placed(g, { x, y, sx: 1 }, (g) => {
    for (const s of [-1, 1])
      for (const k of [0, 1])
        ink(
          g,
          [
            [s * 30, -14],
            [s * (60 + k * 22), -24],
            [s * (66 + k * 26), 6],
          ],
          11,
          '#e0603f',
        );
    shape(g, '-50,-20 -70,-90 -20,-150 50,-140 76,-80 50,-20', {
      fill: '#f6d9b8',
      line,
      width: 6,
      shade: (g) => shape(g, '20,-160 30,-80 10,0 110,0 110,-150', { fill: '#d8a88f' }),
    });
    ink(g, '6,-96 30,-86 20,-56 -20,-60 -30,-100 10,-126 50,-100', 6, '#b8735c');
    oval(g, -30, -22, 40, 26, { fill: '#ff7a55', line, width: 6 });
    for (const s of [-1, 1]) {
      ink(
        g,
        [
          [-30 + s * 14, -40],
          [-30 + s * 17, -66],
        ],
        6,
        line,
        () => 1,
      );
      oval(g, -30 + s * 17, -70, 9, 9, { fill: '#ffffff', line, width: 4 });
      oval(g, -32 + s * 17, -70, 4, 4, { fill: line });
    }
    shape(g, '-76,-20 -120,-30 -130,-62 -106,-54 -96,-70 -82,-50', { fill: '#ff7a55', line, width: 6 });
    box(g, -160, -104, 52, 38, { fill: '#fffbe8', line, width: 5 });
    for (const k of [0, 1, 2])
      ink(
        g,
        [
          [-152, -94 + k * 10],
          [-118, -94 + k * 10],
        ],
        3,
        '#7a8aa0',
        () => 1,
      );
  });
}

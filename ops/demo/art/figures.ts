import { ink, oval, placed, shape, type Pen } from '../draw/shape.ts';

/** People seen from afar, from behind: 200 high, standing on the origin. */
export type Person = {
  hair: string;
  top: string;
  bottom: string;
  skin?: string;
  line?: string;
  long?: boolean;
  hat?: string;
  wind?: number;
};

export function person(
  g: Pen,
  { hair, top, bottom, skin = '#f3cdb4', line = '#2a2233', long = false, hat, wind = 0 }: Person,
): void {
  for (const side of [-1, 1]) {
    ink(
      g,
      [
        [side * 10, -74],
        [side * 11, -36],
        [side * 12, -4],
      ],
      13,
      skin,
      () => 1,
    );
    oval(g, side * 13, -3, 11, 6, { fill: line });
  }
  shape(
    g,
    [
      [-18, -118],
      [-34 + wind * 10, -60],
      [-38 + wind * 24, -48],
      [0 + wind * 20, -42],
      [38 + wind * 24, -50],
      [34, -62],
      [18, -118],
    ],
    { fill: bottom, line, width: 3 },
  );
  shape(g, '-22,-150 -28,-112 -20,-100 20,-100 28,-112 22,-150', { fill: top, line, width: 3 });
  for (const side of [-1, 1])
    ink(
      g,
      [
        [side * 22, -144],
        [side * 33, -112],
        [side * 30, -84],
      ],
      12,
      top,
      () => 1,
    );
  if (long)
    shape(
      g,
      [
        [-26, -176],
        [-30, -120],
        [-20 + wind * 40, -98],
        [0 + wind * 46, -104],
        [20 + wind * 36, -100],
        [30, -122],
        [26, -176],
      ],
      { fill: hair, line, width: 3 },
    );
  shape(g, '0,-206 -24,-198 -31,-174 -26,-152 -10,-146 10,-146 26,-152 31,-174 24,-198', {
    fill: hair,
    line,
    width: 3,
  });
  if (hat) {
    oval(g, 0, -188, 52, 12, { fill: hat, line, width: 3 });
    shape(g, '-27,-190 -22,-212 0,-218 22,-212 27,-190', { fill: hat, line, width: 3 });
    ink(g, '-27,-193 0,-190 27,-193', 7, '#d8574c', () => 1);
  }
}

/** A gull, or any bird far away. */
export function bird(g: Pen, x: number, y: number, s: number, colour: string): void {
  placed(g, { x, y, sx: s }, (g) => {
    ink(g, '-30,-8 -14,-16 0,0', 5, colour);
    ink(g, '0,0 14,-16 30,-8', 5, colour);
  });
}

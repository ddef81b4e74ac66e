import type { Stops } from '../draw/nature.ts';

/** An hour and its weather. */
export type Mood = {
  sky: Stops;
  /** Over backgrounds (multiplied) and over cels (laid on thinly). */
  grade: string | null;
  cel: string | null;
  lamps: boolean;
};

export const moods = {
  day: {
    sky: [
      [0, '#3f9ed8'],
      [0.6, '#a5dcf0'],
      [1, '#eaf7e6'],
    ],
    grade: null,
    cel: null,
    lamps: false,
  },
  dusk: {
    sky: [
      [0, '#4a5f86'],
      [0.5, '#8796a6'],
      [0.85, '#c6b9a8'],
      [1, '#d8c2a2'],
    ],
    grade: '#a9aec6',
    cel: '#5a608c30',
    lamps: true,
  },
  night: {
    sky: [
      [0, '#1a2450'],
      [0.55, '#354a82'],
      [1, '#6478ac'],
    ],
    grade: '#7285c0',
    cel: '#26347440',
    lamps: true,
  },
  festival: {
    sky: [
      [0, '#161a48'],
      [0.5, '#3a3576'],
      [1, '#8a5a8e'],
    ],
    grade: '#7a6fae',
    cel: '#33206036',
    lamps: true,
  },
  dawn: {
    sky: [
      [0, '#5a7fc0'],
      [0.4, '#c9a0c4'],
      [0.7, '#ffc0a0'],
      [1, '#ffe9b4'],
    ],
    grade: '#ffdcc6',
    cel: '#ff9a6a1c',
    lamps: false,
  },
} as const satisfies Record<string, Mood>;

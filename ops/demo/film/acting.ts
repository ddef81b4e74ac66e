import type { Mouth } from '../cast/face.ts';
import type { Pen } from '../draw/shape.ts';
import { rain, splashes } from '../draw/weather.ts';
import { drawing, HEIGHT, WIDTH, type Line, type Speaker } from './shot.ts';

const flaps: readonly Mouth[] = ['a', 'i', 'o', 'i', 'a', 'flat', 'o', 'a', 'i', 'flat'];

/** The speaker's mouth at `t`: three shapes on threes while a line lasts, `rest` otherwise. */
export function mouthOf(lines: readonly Line[], who: Speaker, t: number, rest: Mouth): Mouth {
  const line = lines.find((l) => l.who === who && t >= l.at && t < l.at + l.lasts);
  if (!line) return rest;
  const n = drawing(t - line.at, 3);
  return flaps[(n + Math.round(line.at * 10)) % flaps.length]!;
}

/** Rain over the whole picture: three drawings in turn, on twos. */
export function raining(g: Pen, t: number, strength = 1, splash?: readonly [number, number]): void {
  const n = drawing(t, 2) % 3;
  if (strength <= 0) return;
  rain(g, WIDTH, HEIGHT, Math.round(170 * strength), 100 + n, '#e4f0ff', 0.14, 0.5);
  if (splash) splashes(g, WIDTH, splash[0], splash[1], Math.round(34 * strength), 200 + n, '#eaf4ff');
}

export type Hop = { /** Height above the ground, 0 to 1. */ up: number; squash: number; sway: number };
/** One hop a `period`: crouch, leap, land. */
export function hopping(t: number, period: number): Hop {
  const p = (t % period) / period;
  if (p < 0.16) return { up: 0, squash: 0.2 * Math.sin((p / 0.16) * Math.PI), sway: -0.1 };
  const a = (p - 0.16) / 0.84;
  return { up: 4 * a * (1 - a), squash: a < 0.3 || a > 0.75 ? -0.08 : 0, sway: -0.5 + a * 0.6 };
}

import type { Random } from '../../draw/random.ts';

export const RATE = 48_000;
/** Left and right, as long as the film. */
export type Tape = readonly [Float32Array, Float32Array];

export const tape = (seconds: number): Tape => [
  new Float32Array(Math.ceil(seconds * RATE)),
  new Float32Array(Math.ceil(seconds * RATE)),
];
export const hz = (midi: number): number => 440 * 2 ** ((midi - 69) / 12);

/** Lays a sound on the tape. `pan` from -1 (left) to 1, at constant power. */
export function lay(on: Tape, sound: Float32Array, at: number, gain: number, pan = 0): void {
  const start = Math.round(at * RATE);
  const [l, r] = [Math.cos(((pan + 1) * Math.PI) / 4) * gain, Math.sin(((pan + 1) * Math.PI) / 4) * gain];
  const end = Math.min(sound.length, on[0].length - start);
  for (let i = Math.max(0, -start); i < end; i++) {
    on[0][start + i]! += sound[i]! * l;
    on[1][start + i]! += sound[i]! * r;
  }
}

/** A plucked string (Karplus–Strong): `bright` near 1 rings, near 0.9 is dull and short. */
export function pluck(frequency: number, seconds: number, bright: number, r: Random): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  const period = RATE / frequency;
  const size = Math.floor(period);
  const string = new Float32Array(size + 1);
  let soft = 0;
  for (let i = 0; i <= size; i++) string[i] = soft += (r() * 2 - 1 - soft) * 0.45;
  const fraction = period - size;
  for (let i = 0, at = 0; i < out.length; i++) {
    const next = (at + 1) % (size + 1);
    const value = string[at]! * (1 - fraction) + string[next]! * fraction;
    out[i] = value * Math.min(1, (out.length - i) / 2400);
    string[at] = bright * (0.5 * string[at]! + 0.5 * string[next]!);
    at = next;
  }
  return out;
}

/** A struck bar or bell: a sine, and partials that die sooner. */
export function bell(
  frequency: number,
  seconds: number,
  partials: readonly (readonly [ratio: number, gain: number, decay: number])[],
): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  for (const [ratio, gain, decay] of partials) {
    const w = (2 * Math.PI * frequency * ratio) / RATE;
    if (frequency * ratio > RATE / 2.2) continue;
    for (let i = 0; i < out.length; i++)
      out[i]! += gain * Math.sin(w * i) * Math.exp(-i / (decay * RATE)) * Math.min(1, i / 90);
  }
  return out;
}
export const box: Parameters<typeof bell>[2] = [
  [1, 0.7, 0.7],
  [2.01, 0.16, 0.3],
  [4.02, 0.1, 0.14],
  [6.9, 0.04, 0.05],
];
export const chime: Parameters<typeof bell>[2] = [
  [1, 0.5, 1.1],
  [2.76, 0.3, 0.5],
  [5.4, 0.14, 0.25],
  [8.93, 0.06, 0.1],
];

/** A held chord that swells and goes: slightly detuned, soft. */
export function pad(frequencies: readonly number[], seconds: number): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  for (const f of frequencies)
    for (const detune of [0.997, 1.003]) {
      const w = (2 * Math.PI * f * detune) / RATE;
      for (let i = 0; i < out.length; i++) {
        const t = i / out.length;
        out[i]! +=
          Math.sin(Math.PI * t) ** 0.7 *
          (Math.sin(w * i) + 0.22 * Math.sin(2 * w * i) + 0.08 * Math.sin(3 * w * i)) *
          0.16;
      }
    }
  return out;
}

/** Noise through one low-pass and one high-pass pole, both in Hz. */
export function hiss(
  seconds: number,
  low: number,
  high: number,
  r: Random,
  shape: (t: number) => number,
): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  const [a, b] = [1 - Math.exp((-2 * Math.PI * high) / RATE), 1 - Math.exp((-2 * Math.PI * low) / RATE)];
  let [lp, hp] = [0, 0];
  for (let i = 0; i < out.length; i++) {
    lp += a * (r() * 2 - 1 - lp);
    hp += b * (lp - hp);
    out[i] = (lp - hp) * shape(i / RATE);
  }
  return out;
}

/** A tone whose pitch moves from one frequency to another. */
export function glide(from: number, to: number, seconds: number, shape: (t: number) => number): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / out.length;
    phase += (2 * Math.PI * from * (to / from) ** t) / RATE;
    out[i] = Math.sin(phase) * shape(t) * Math.min(1, i / 60);
  }
  return out;
}

/** A small wooden room: Schroeder's combs, the two sides a little different. */
export function room(dry: Tape, amount: number): void {
  for (const side of [0, 1] as const) {
    const signal = dry[side];
    const wet = new Float32Array(signal.length);
    for (const ms of [29.7, 37.1, 41.1, 43.7]) {
      const delay = Math.round(((ms + side * 0.7) / 1000) * RATE);
      const line = new Float32Array(delay);
      let damp = 0;
      for (let i = 0, at = 0; i < signal.length; i++, at = at + 1 === delay ? 0 : at + 1) {
        const echo = line[at]!;
        damp += (echo - damp) * 0.45;
        line[at] = signal[i]! + damp * 0.74;
        wet[i]! += echo * 0.25;
      }
    }
    for (let i = 0; i < signal.length; i++) signal[i]! += wet[i]! * amount;
  }
}

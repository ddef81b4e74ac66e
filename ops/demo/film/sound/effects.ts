import { random } from '../../draw/random.ts';
import type { Ambience, Effect } from '../shot.ts';
import { bell, chime, glide, hiss, lay, pluck, RATE, type Tape } from './synth.ts';

export function effect(on: Tape, kind: Effect, at: number, seed: number): void {
  const r = random(seed);
  const put = (sound: Float32Array, gain: number, pan = 0, later = 0) =>
    lay(on, sound, at + later, gain, pan);
  switch (kind) {
    case 'hop':
      return put(
        glide(260, 620 + r() * 80, 0.13, (t) => Math.sin(Math.PI * t) ** 0.7),
        0.16,
        r.between(-0.3, 0.3),
      );
    case 'land':
      put(
        glide(240, 90, 0.22, (t) => (1 - t) ** 2),
        0.5,
      );
      return put(
        hiss(0.16, 200, 1_800, r, (t) => Math.exp(-t * 30)),
        0.5,
      );
    case 'bell':
      return put(bell(1_760, 1.6, chime), 0.2, 0.1);
    case 'brush':
      return put(
        hiss(0.5, 1_200, 5_000, r, (t) => Math.sin((Math.PI * t) / 0.5) * (0.7 + 0.3 * Math.sin(t * 60))),
        0.5,
        0.1,
      );
    case 'click':
      return put(
        hiss(0.05, 900, 6_000, r, (t) => Math.exp(-t * 160)),
        0.7,
        -0.2,
      );
    case 'drip':
      return put(
        glide(900, 1_500, 0.09, (t) => (1 - t) ** 1.5),
        0.22,
        r.between(-0.5, 0.5),
      );
    case 'sparkle':
      for (let i = 0; i < 6; i++)
        put(
          bell(1_568 * 2 ** ([0, 2, 4, 7, 9, 12][i]! / 12), 1.1, chime),
          0.09,
          r.between(-0.5, 0.5),
          i * 0.07,
        );
      return;
    case 'whoosh':
      return put(
        hiss(0.7, 300, 2_600, r, (t) => Math.sin((Math.PI * t) / 0.7) ** 2),
        0.4,
        -0.1,
      );
    case 'firework':
      put(
        glide(300, 1_100, 0.5, (t) => 0.25 * t),
        0.16,
        0,
        -0.5,
      );
      put(
        glide(130, 42, 0.9, (t) => Math.exp(-t * 4)),
        0.75,
      );
      put(
        hiss(0.9, 80, 1_400, r, (t) => Math.exp(-t * 7)),
        0.8,
      );
      for (let i = 0; i < 24; i++)
        put(
          hiss(0.03, 2_500, 9_000, r, (t) => Math.exp(-t * 140)),
          0.2,
          r.between(-0.8, 0.8),
          0.4 + r() * 1.2,
        );
  }
}

/** A bed of sound for one shot, with soft ends so that cuts do not click. */
export function ambience(on: Tape, kind: Ambience, at: number, seconds: number, seed: number): void {
  const r = random(seed);
  const ends = (t: number) => Math.min(1, t / 0.12, Math.max(0, (seconds + 0.12 - t) / 0.12));
  const bed = (low: number, high: number, gain: number, swell: (t: number) => number = () => 1) => {
    for (const pan of [-0.8, 0.8])
      lay(
        on,
        hiss(seconds + 0.12, low, high, r, (t) => ends(t) * swell(t)),
        at,
        gain,
        pan,
      );
  };
  const times = (perSecond: number) =>
    Array.from({ length: Math.round(seconds * perSecond) }, () => at + r() * seconds);
  switch (kind) {
    case 'rain':
      bed(500, 5_200, 0.2, (t) => 0.9 + 0.1 * Math.sin(t * 1.3));
      for (const time of times(9))
        lay(
          on,
          glide(r.between(900, 1_900), r.between(1_400, 2_600), 0.05, (t) => (1 - t) ** 2),
          time,
          r.between(0.015, 0.05),
          r.between(-0.9, 0.9),
        );
      return;
    case 'drizzle':
      bed(700, 5_200, 0.13, (t) => Math.max(0, 1 - t / (seconds * 0.7)));
      for (const time of times(2))
        lay(
          on,
          glide(1_000, 1_700, 0.07, (t) => (1 - t) ** 2),
          time,
          0.04,
          r.between(-0.7, 0.7),
        );
      return;
    case 'crickets':
      for (const pan of [-0.6, 0.5])
        lay(on, crickets(seconds, 4_100 + pan * 160, r.between(0, 3), ends), at, 0.028, pan);
      return;
    case 'birds':
      bed(200, 900, 0.04);
      for (const time of times(0.9)) {
        const [pan, pitch] = [r.between(-0.8, 0.8), r.between(2_400, 3_400)];
        for (let i = 0; i < 3; i++)
          lay(
            on,
            glide(pitch, pitch * r.between(1.1, 1.35), 0.09, (t) => Math.sin(Math.PI * t)),
            time + i * 0.13,
            0.045,
            pan,
          );
      }
      return;
    case 'crowd':
      bed(180, 900, 0.16, (t) => 0.8 + 0.2 * Math.sin(t * 2.1));
      for (const time of times(0.8)) lay(on, pluck(146.8, 0.4, 0.96, r), time, 0.16, r.between(-0.5, 0.5));
  }
}

function crickets(
  seconds: number,
  frequency: number,
  phase: number,
  ends: (t: number) => number,
): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  for (let i = 0; i < out.length; i++) {
    const t = i / RATE;
    const chirp =
      Math.max(0, Math.sin(t * 2 * Math.PI * 1.4 + phase)) * Math.max(0, Math.sin(t * 2 * Math.PI * 27));
    out[i] = Math.sin(t * 2 * Math.PI * frequency) * chirp * ends(t);
  }
  return out;
}

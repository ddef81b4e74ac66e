import { readFile, writeFile } from 'node:fs/promises';
import { ffmpeg } from './media.ts';

/** Mono, at chromaprint's own rate. */
const RATE = 11_025;

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const wave = Float32Array.from({ length: 4096 }, (_, i) => {
  const phase = (2 * Math.PI * i) / 4096;
  return Math.sin(phase) + Math.sin(2 * phase) / 2 + Math.sin(3 * phase) / 3 + Math.sin(5 * phase) / 5;
});

/** A piece that nobody has played before: three voices over a drum, each seed its own. */
export function music(seed: number, seconds: number): Float32Array {
  const next = random(seed);
  const samples = new Float32Array(Math.round(seconds * RATE));
  for (let voice = 0; voice < 3; voice++)
    for (let at = 0; at < samples.length;) {
      const length = Math.round((0.15 + 0.5 * next()) * RATE);
      const step = ((110 * 2 ** (voice + Math.floor(12 * next()) / 12)) / RATE) * wave.length;
      const fade = Math.exp(-3 / length);
      let loud = next() < 0.12 ? 0 : 0.05 + 0.1 * next();
      const end = Math.min(at + length, samples.length);
      for (let phase = 0; at < end; at++, phase += step, loud *= fade)
        samples[at]! += loud * wave[Math.floor(phase) & (wave.length - 1)]!;
    }
  const beat = Math.round((0.35 + 0.3 * next()) * RATE);
  samples.forEach((_, at) => (samples[at]! += 0.15 * (next() - 0.5) * 0.99 ** (at % beat)));
  return samples;
}

export const silence = (seconds: number): Float32Array => new Float32Array(Math.round(seconds * RATE));

export const secondsIn = (sound: Float32Array): number => sound.length / RATE;

/** One sound under another, which is `loud` times as loud as it was. */
export const mixed = (sound: Float32Array, other: Float32Array, loud: number): Float32Array =>
  sound.map((sample, i) => sample + loud * (other[i] ?? 0));

/** Parts one after another. */
export function joinSound(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The real chromaprint of a sound that went through AAC at this level (dB), by the FFmpeg that the transcoder uses. */
export async function fingerprintOf(path: string, sound: Float32Array, level = 0): Promise<Uint8Array> {
  await writeFile(`${path}.f32`, new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength));
  const raw = ['-f', 'f32le', '-ar', String(RATE), '-ac', '1', '-i', `${path}.f32`];
  await ffmpeg(raw, [
    '-af',
    `volume=${level}dB`,
    '-ar',
    '22050',
    '-c:a',
    'aac',
    '-b:a',
    '48k',
    `${path}.m4a`,
  ]);
  const print = ['-c:a', 'pcm_s16le', '-f', 'chromaprint', '-fp_format', 'raw', path];
  await ffmpeg('-i', `${path}.m4a`, print);
  return readFile(path);
}

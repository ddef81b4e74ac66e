import type { Film } from '../shot.ts';
import { shotsOf } from '../timeline.ts';
import { ambience, effect } from './effects.ts';
import { play } from './music.ts';
import { RATE, room, tape, type Tape } from './synth.ts';
import { speak, type Tongue } from './voice.ts';

/** Where speech-led programmes sit: about -18 LUFS. */
const TARGET_RMS = 10 ** (-20.5 / 20);
const CEILING = 10 ** (-1.5 / 20);

/** The film's sound in both languages: the same music and effects, other voices. Interleaved stereo at 48 kHz. */
export function mixes(film: Film, seconds: number): Record<Tongue, Float32Array> {
  const bed = tape(seconds);
  for (const { start, seconds: length, music } of shotsOf(film).sections) play(bed, music, start, length);
  for (const [i, { start, shot }] of shotsOf(film).shots.entries()) {
    for (const kind of shot.ambience ?? []) ambience(bed, kind, start, shot.seconds, i * 31 + 7);
    for (const [k, [at, kind]] of (shot.sounds ?? []).entries()) effect(bed, kind, start + at, i * 101 + k);
  }
  const voices = { ja: tape(seconds), en: tape(seconds) };
  for (const tongue of ['ja', 'en'] as const)
    for (const [i, { start, shot }] of shotsOf(film).shots.entries())
      for (const line of shot.lines ?? [])
        speak(voices[tongue], line.who, line[tongue], tongue, start + line.at, line.lasts, i * 57 + 3);
  room(bed, 0.16);
  duck(bed, voices.ja);
  for (const voice of Object.values(voices)) room(voice, 0.22);
  const gain = TARGET_RMS / loudness(bed, voices.ja);
  return { ja: mixed(bed, voices.ja, gain), en: mixed(bed, voices.en, gain) };
}

/** Music makes room for speech: 5 dB, slowly. */
function duck(bed: Tape, voice: Tape): void {
  let follow = 0;
  for (let i = 0; i < bed[0].length; i++) {
    const level = Math.abs(voice[0][i]!) > 0.01 ? 1 : 0;
    follow += (level - follow) * (level > follow ? 0.0004 : 0.00006);
    const gain = 1 - 0.44 * follow;
    bed[0][i]! *= gain;
    bed[1][i]! *= gain;
  }
}

/** Root mean square of the louder half of the 400 ms blocks: silence does not count. */
function loudness(bed: Tape, voice: Tape): number {
  const block = Math.round(0.4 * RATE);
  const powers: number[] = [];
  for (let at = 0; at + block <= bed[0].length; at += block) {
    let power = 0;
    for (let i = at; i < at + block; i++)
      for (const side of [0, 1] as const) power += (bed[side][i]! + voice[side][i]!) ** 2;
    powers.push(power / block / 2);
  }
  const loud = powers.sort((a, b) => b - a).slice(0, Math.max(1, powers.length >> 1));
  return Math.sqrt(loud.reduce((a, b) => a + b, 0) / loud.length) || 1;
}

function mixed(bed: Tape, voice: Tape, gain: number): Float32Array {
  const out = new Float32Array(bed[0].length * 2);
  for (let i = 0; i < bed[0].length; i++)
    for (const side of [0, 1] as const) {
      const x = (bed[side][i]! + voice[side][i]!) * gain;
      // A soft knee from half the ceiling up: nothing clips.
      const knee = CEILING / 2;
      const over = Math.abs(x) - knee;
      out[i * 2 + side] = over <= 0 ? x : Math.sign(x) * (knee + knee * Math.tanh(over / knee));
    }
  return out;
}

import { random } from '../../draw/random.ts';
import type { Speaker } from '../shot.ts';
import { lay, RATE, type Tape } from './synth.ts';

export type Tongue = 'ja' | 'en';
type Vowel = 'a' | 'i' | 'u' | 'e' | 'o';

/** Formants of a small child's vowels, Hz. */
const formants: Record<Vowel, readonly [number, number, number]> = {
  a: [900, 1_500, 3_000],
  i: [360, 2_700, 3_500],
  u: [420, 1_300, 2_800],
  e: [580, 2_200, 3_100],
  o: [560, 1_000, 2_900],
};
/** Pitch in Hz, how long the throat is against a child's, how breathy. */
const speakers: Record<Speaker, { pitch: number; throat: number; breath: number; pan: number }> = {
  hana: { pitch: 300, throat: 1, breath: 0.02, pan: -0.05 },
  teru: { pitch: 385, throat: 0.88, breath: 0.015, pan: 0.05 },
  moku: { pitch: 205, throat: 1.22, breath: 0.05, pan: 0.1 },
};

const rows: Record<Vowel, string> = {
  a: 'あかさたなはまやらわがざだばぱゃ',
  i: 'いきしちにひみりぎじぢびぴ',
  u: 'うくすつぬふむゆるぐずづぶぷゅん',
  e: 'えけせてねへめれげぜでべぺ',
  o: 'おこそとのほもよろをごぞどぼぽょ',
};
const vowels: readonly Vowel[] = ['a', 'i', 'u', 'e', 'o'];

/** The syllables of a text, in the rhythm of its language: even moras in Japanese, vowel groups in English. A pause is null. */
export function syllables(text: string, tongue: Tongue): (Vowel | null)[] {
  if (tongue === 'en')
    return (text.toLowerCase().match(/[aeiouy]+|[.,!?…\n]/g) ?? []).map((part) => {
      const first = part[0] === 'y' ? 'i' : part[0]!;
      return vowels.find((v) => v === first) ?? null;
    });
  return Array.from(text).flatMap((sign): (Vowel | null)[] => {
    const vowel = vowels.find((v) => rows[v].includes(sign));
    if (vowel) return [vowel];
    // A kanji is read with two moras more often than not.
    if (/\p{Script=Han}/u.test(sign))
      return [vowels[sign.charCodeAt(0) % 5]!, vowels[sign.charCodeAt(0) % 3]!];
    return /[、。！？…\s]/.test(sign) ? [null] : [];
  });
}

/** Speaks `text` on the tape within `seconds`: babble, with the vowels and the melody of the language. */
export function speak(
  on: Tape,
  who: Speaker,
  text: string,
  tongue: Tongue,
  at: number,
  seconds: number,
  seed: number,
): void {
  const parts = syllables(text, tongue);
  const r = random(seed + (tongue === 'en' ? 5_000 : 0));
  const weights = parts.map((p) => (p === null ? 0.7 : tongue === 'en' ? r.between(0.7, 1.4) : 1));
  const unit = (seconds * 0.94) / weights.reduce((a, b) => a + b, 0);
  const { pitch, throat, breath, pan } = speakers[who];
  const base = pitch * (tongue === 'en' ? 0.94 : 1);
  const asks = /[?？]/.test(text);
  let start = at;
  for (const [i, vowel] of parts.entries()) {
    const length = weights[i]! * unit;
    if (vowel) {
      const along = i / parts.length;
      const rise = asks && along > 0.75 ? (along - 0.75) * 14 : 0;
      const step = (tongue === 'en' ? r.between(-2.2, 2.2) : r.between(-1.4, 1.4)) - along * 2.5 + rise;
      const sound = syllable(
        base * 2 ** (step / 12),
        formants[vowel].map((f) => f / throat),
        Math.min(length * 1.12, 0.34),
        breath,
        r,
      );
      lay(on, sound, start, 0.3, pan);
    }
    start += length;
  }
}

/** Harmonics under three formants, begun by a short breath that stands for the consonant. */
function syllable(
  pitch: number,
  peaks: number[],
  seconds: number,
  breath: number,
  r: () => number,
): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  const bend = 1 + (r() - 0.5) * 0.06;
  const gains: number[] = [];
  for (let k = 1; k * pitch < 4_600; k++) {
    const f = k * pitch;
    const shape = peaks.reduce(
      (sum, p, n) => sum + [1, 0.5, 0.16][n]! * Math.exp(-(((f - p) / (130 + p * 0.09)) ** 2)),
      0.05,
    );
    gains.push(shape / k ** 0.35);
  }
  const loud = 1 / Math.hypot(...gains);
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / out.length;
    phase += (2 * Math.PI * pitch * (1 + (bend - 1) * t + 0.006 * Math.sin(i / 1_300))) / RATE;
    const envelope = Math.min(1, t / 0.16) * Math.min(1, (1 - t) / 0.34);
    // sin(kφ) by recurrence: one sine and one cosine for all harmonics.
    const [s, c2] = [Math.sin(phase), 2 * Math.cos(phase)];
    let [before, now, sum] = [0, s, 0];
    for (const gain of gains) {
      sum += gain * now;
      [before, now] = [now, c2 * now - before];
    }
    const onset = t < 0.14 ? (r() - 0.5) * 0.5 * (1 - t / 0.14) : 0;
    out[i] =
      (sum * loud * envelope ** 1.3 + onset * 0.5 * Math.min(1, t / 0.03) + (r() - 0.5) * breath * envelope) *
      0.9;
  }
  return out;
}

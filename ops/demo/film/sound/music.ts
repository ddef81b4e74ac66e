import { random, type Random } from '../../draw/random.ts';
import type { Music } from '../shot.ts';
import { bell, box, chime, hz, lay, pad, pluck, hiss, RATE, type Tape } from './synth.ts';

type Instrument = 'koto' | 'box' | 'pizzicato' | 'chime';
/** Notes as `midi:beats`, rests as `-:beats`; chords as `midi+midi:beats`. Everything repeats for as long as it is needed. */
type Score = {
  bpm: number;
  melody: readonly [Instrument, string];
  second?: readonly [Instrument, string];
  chords: string;
  bass?: string;
  /** Woodblock and shaker. */
  beat?: boolean;
  gain: number;
};

const scores: Record<Music, Score> = {
  opening: {
    bpm: 120,
    melody: [
      'koto',
      '74:1 76:.5 78:.5 81:1 78:1 76:.5 78:.5 76:.5 74:.5 71:1 69:1 71:.5 74:.5 76:1 78:1 81:1 83:1 81:.5 78:.5 76:.5 74:.5 74:3',
    ],
    second: [
      'box',
      '-:.5 66:.5 69:.5 66:.5 -:.5 69:.5 74:.5 69:.5 -:.5 67:.5 71:.5 67:.5 -:.5 66:.5 69:.5 66:.5',
    ],
    chords: '50+57+66:4 55+59+62:4 52+59+67:4 57+61+64:4 50+57+66:2',
    bass: '38:1.5 38:.5 45:1 38:1 43:1.5 43:.5 50:1 43:1 40:1.5 40:.5 47:1 40:1 45:1.5 45:.5 40:1 45:1 38:2',
    beat: true,
    gain: 1,
  },
  evening: {
    bpm: 66,
    melody: ['koto', '69:1.5 70:.5 69:1 -:1 65:1 64:1 62:2 -:1 62:.5 64:.5 65:1 69:2 -:1'],
    second: ['chime', '-:3 81:1 -:4 77:1 -:4'],
    chords: '50+57+65:4 46+53+62:4 43+50+58:4 45+52+61:3',
    gain: 0.72,
  },
  errand: {
    bpm: 126,
    melody: [
      'pizzicato',
      '69:.5 72:.5 -:.5 74:.5 76:.5 -:.5 74:.5 72:.5 69:.5 67:.5 -:.5 69:1 -:1.5 69:.5 72:.5 -:.5 74:.5 76:.5 -:.5 79:.5 76:.5 74:.5 72:.5 -:.5 74:1 -:1.5',
    ],
    chords: '45+52:4 45+52:4 41+48:4 43+50:4',
    bass: '45:1 -:1 52:1 -:1 45:1 -:1 52:1 -:1 41:1 -:1 48:1 -:1 43:1 -:1 50:1 -:1',
    beat: true,
    gain: 0.7,
  },
  lonely: {
    bpm: 60,
    melody: ['chime', '-:1 74:1 72:1 69:2 -:1 67:1 69:3 -:2 72:1 70:1 69:2'],
    chords: '50+57+65+69:5 48+55+64:5 46+53+62:5',
    gain: 0.72,
  },
  morning: {
    bpm: 96,
    melody: ['koto', '-:2 69:1 71:1 74:2 76:1 78:1 81:3 78:1 76:2 74:2 71:1 74:1 76:2 74:4'],
    second: [
      'box',
      '62:.5 66:.5 69:.5 74:.5 62:.5 66:.5 69:.5 74:.5 59:.5 62:.5 67:.5 71:.5 59:.5 62:.5 67:.5 71:.5',
    ],
    chords: '50+57+62+66:4 43+50+59+62:4',
    bass: '38:4 43:4',
    gain: 0.85,
  },
  ending: {
    bpm: 84,
    melody: ['box', '78:1 76:.5 74:.5 76:1 81:1.5 78:.5 76:1 74:.5 71:.5 74:1 69:2 71:.5 74:1'],
    chords: '50+57+66:3 55+59+62:3 57+61+64:3 50+57+62:3',
    gain: 0.95,
  },
};

const instruments: Record<Instrument, (midi: number, r: Random) => Float32Array> = {
  koto: (p, r) => pluck(hz(p), 2.2, 0.9965, r),
  pizzicato: (p, r) => pluck(hz(p), 0.5, 0.975, r),
  box: (p) => bell(hz(p), 1.6, box),
  chime: (p) => bell(hz(p), 2.6, chime),
};

type Note = { at: number; lasts: number; pitches: number[] };
export function notesOf(line: string, beat: number, seconds: number): Note[] {
  const notes = line.split(' ').map((word) => {
    const [pitches, beats] = word.split(':') as [string, string];
    return { pitches: pitches === '-' ? [] : pitches.split('+').map(Number), lasts: Number(beats) * beat };
  });
  const out: Note[] = [];
  for (let at = 0, i = 0; at < seconds - 0.2; i++) {
    const note = notes[i % notes.length]!;
    if (note.pitches.length) out.push({ ...note, at });
    at += note.lasts;
  }
  return out;
}

/** Plays one piece from `at`, for `seconds`, with the last second and a half fading. */
export function play(on: Tape, music: Music, at: number, seconds: number): void {
  const score = scores[music];
  const beat = 60 / score.bpm;
  const part: Tape = [
    new Float32Array(Math.round(seconds * RATE)),
    new Float32Array(Math.round(seconds * RATE)),
  ];
  const r = random(music.length * 977);
  const voice = ([instrument, line]: readonly [Instrument, string], gain: number, pan: number) => {
    for (const { at, pitches } of notesOf(line, beat, seconds))
      for (const p of pitches)
        lay(part, instruments[instrument](p, r), at + r() * 0.008, gain * (0.85 + r() * 0.3), pan);
  };
  voice(score.melody, 0.5, -0.15);
  if (score.second) voice(score.second, 0.16, 0.35);
  for (const { at, lasts, pitches } of notesOf(score.chords, beat, seconds))
    lay(part, pad(pitches.map(hz), lasts * 1.25), at - lasts * 0.1, 0.2, 0.05);
  if (score.bass)
    for (const { at, pitches } of notesOf(score.bass, beat, seconds))
      lay(part, pluck(hz(pitches[0]!), 0.9, 0.985, r), at, 0.55);
  if (score.beat)
    for (let i = 0; i * beat * 0.5 < seconds - 0.4; i++) {
      lay(
        part,
        hiss(0.09, 3_000, 11_000, r, (t) => Math.exp(-t * 60)),
        i * beat * 0.5,
        i % 2 ? 0.16 : 0.08,
        0.3,
      );
      if (i % 4 === 2)
        lay(
          part,
          bell(820, 0.12, [
            [1, 0.6, 0.03],
            [2.4, 0.25, 0.015],
          ]),
          i * beat * 0.5,
          0.3,
          -0.3,
        );
    }
  const fade = Math.min(seconds, 1.5);
  for (const side of part)
    for (let i = 0; i < side.length; i++) side[i]! *= score.gain * Math.min(1, (seconds - i / RATE) / fade);
  lay(on, part[0], at, 1, -1);
  lay(on, part[1], at, 1, 1);
}

import type { Package } from '../../../schema/package.ts';
import type { InitFacts } from '../codec.ts';

/** What is in the store, as it was read back. */
type Stored = { uri: string; bytes: number; index: number; period: number };

/** A decrypted segment of pictures or sound. Times are ticks of the rendition's timescale. */
export type MeasuredSegment = Stored & {
  decodeTime: number;
  /** First sample's presentation time less its decode time. */
  composition: number;
  duration: number;
  samples: number;
  /** Of pictures: numbers, within the segment, of those that stand alone. Of sound: none. */
  keys: readonly number[];
};

/** A decrypted segment of subtitles: when its cues show, seconds of the episode. */
export type MeasuredText = Stored & { cues: readonly { start: number; end: number }[] };

/** What a decoder made of some segments of a rendition. `start`: presentation time of the first picture or frame, ticks. */
export type Decoded = {
  name: string;
  expected: { frames: number; start: number };
  found: { frames: number; start: number; log: string };
};

/** Everything that was measured on the stored objects of a job. */
export type Facts = {
  /** What is wrong with stored objects, in words: missing, another size, another hash. */
  faults: readonly string[];
  /** What cannot be decrypted, or is not what its name says. */
  unreadable: readonly string[];
  objects: number;
  /** `reported`: the codec as the task that wrote it named it. */
  inits: ReadonlyMap<string, InitFacts & { uri: string; bytes: number; reported: string }>;
  /** By rendition, in order. */
  segments: ReadonlyMap<string, readonly MeasuredSegment[]>;
  texts: ReadonlyMap<string, readonly MeasuredText[]>;
  /** Objects that are no part of a rendition: bytes by key. */
  files: ReadonlyMap<string, number>;
  /** Of an amendment: the package that it changes. What is kept of it was verified before and is not read again. */
  base: Package | null;
  /** The storyboard's WebVTT file. */
  storyboard: string | null;
  decoded: readonly Decoded[];
  /** The static playlists that are about to be written, by key. */
  playlists: ReadonlyMap<string, string>;
};

import type { WrittenObject } from '../../schema/jobs/task.ts';
import { isTrickId } from '../../schema/ladder.ts';
import { readInit } from '../plan/codec.ts';
import { unsealing } from '../plan/encryption.ts';
import { keyFrames } from '../plan/video/key-frames.ts';
import type { Facts, MeasuredSegment, MeasuredText } from '../plan/package/measured.ts';
import { Mp4Error, readSegment } from '../plan/mp4.ts';
import { parseCues } from '../plan/subtitles/vtt.ts';
import { ObjectMissing } from '../storage/store.ts';
import type { TaskRun } from './task.ts';
import { inParallel, sha256 } from './write.ts';

/** A clear segment that is going to be decoded. */
export type Sample = MeasuredSegment & { clear: Uint8Array };

type Inits = Map<string, Facts['inits'] extends ReadonlyMap<string, infer T> ? T : never>;
export type ReadBack = {
  faults: string[];
  unreadable: string[];
  inits: Inits;
  /** By rendition, in order. */
  segments: Map<string, MeasuredSegment[]>;
  texts: Map<string, MeasuredText[]>;
  files: Map<string, number>;
  /** The storyboard's WebVTT file. */
  storyboard: string | null;
  /** Init segments as they are, and of each rendition what is to be decoded. */
  initBytes: Map<string, Uint8Array>;
  samples: Map<string, Sample[]>;
};

/** What is fetched at a time: enough to hide the store's latency, little enough to hold in memory. */
const LANES = 8;

/**
 * Every object that the job's tasks reported, fetched again, hashed, opened and measured. Only what is to be decoded is held: first
 * and last segment of each rendition, and key frames for fast seeking, all of them.
 */
export async function readBack(
  run: TaskRun<'package'>,
  wanted: readonly WrittenObject[],
  storyboard: string | null,
): Promise<ReadBack> {
  const { plan } = run.spec;
  const open = unsealing(run.spec);
  const texts = new Set(plan.subtitles.map(({ id }) => id));
  const sounds = new Set(plan.audio.map(({ id }) => id));
  const av1 = new Set(plan.rungs.flatMap(({ id, codec }) => (codec === 'av1' ? [id] : [])));
  const last = plan.grid.length - 1;
  const found: ReadBack = {
    faults: [],
    unreadable: [],
    inits: new Map(),
    segments: new Map(),
    texts: new Map(),
    files: new Map(),
    storyboard: null,
    initBytes: new Map(),
    samples: new Map(),
  };

  const read = ({ key, init, segment }: WrittenObject, stored: Uint8Array): void => {
    const uri = key;
    const bytes = stored.length;
    if (init) {
      found.inits.set(init.rendition, { ...readInit(stored), uri, bytes, reported: init.codec });
      found.initBytes.set(init.rendition, stored);
    }
    if (!segment) {
      if (!init) found.files.set(key, bytes);
      if (key === storyboard) found.storyboard = Buffer.from(stored).toString('utf8');
      return;
    }
    const { rendition, index, period } = segment;
    const clear = open(stored, period, index);
    if (texts.has(rendition)) {
      push(found.texts, rendition, { uri, bytes, index, period, cues: readText(clear) });
      return;
    }
    const keys = sounds.has(rendition) ? [] : keyFrames(clear, av1.has(rendition) ? 'av01.' : 'avc1.');
    const measured = { uri, bytes, index, period, ...readSegment(clear), keys };
    push(found.segments, rendition, measured);
    if (index === 0 || index === last || isTrickId(rendition))
      push(found.samples, rendition, { ...measured, clear });
  };

  let done = 0;
  await inParallel(wanted, LANES, async (object) => {
    const stored = await storedBytes(run, object, found.faults);
    run.report((0.85 * ++done) / wanted.length, `checking object ${done} of ${wanted.length}`);
    if (!stored) return;
    try {
      read(object, stored);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      found.unreadable.push(`${object.key} cannot be read: ${why}`);
    }
  });
  for (const kind of [found.segments, found.texts, found.samples])
    for (const list of kind.values()) list.sort((a, b) => a.index - b.index);
  return found;
}

/** The object's bytes, if they are the ones that were reported. */
async function storedBytes(
  { store, message, signal }: TaskRun<'package'>,
  { key, bytes, sha256: reported }: WrittenObject,
  faults: string[],
): Promise<Uint8Array | null> {
  try {
    const stored = await store.get(message.output + key, { signal });
    if (stored.length === bytes && sha256(stored) === reported) return stored;
    faults.push(`${key} has ${stored.length} bytes with another hash than was reported (${bytes} bytes)`);
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    faults.push(`${key} is not in the store`);
  }
  return null;
}

function readText(clear: Uint8Array): MeasuredText['cues'] {
  const text = Buffer.from(clear).toString('utf8');
  if (!text.startsWith('WEBVTT\nX-TIMESTAMP-MAP=')) throw new Mp4Error('it is not a WebVTT segment');
  return parseCues(text).map(({ start, end }) => ({ start, end }));
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

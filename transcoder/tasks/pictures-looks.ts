import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { lookAt, type Look, type Pixels } from '../plan/pictures/look.ts';
import {
  durationOf,
  looksCommand,
  LOOKS_FILE,
  lookSize,
  readTimes,
  soundOf,
  TIMES_FILE,
  WAVE_FILE,
} from '../plan/pictures/looks-args.ts';
import { tooSparse } from '../plan/pictures/storyboard.ts';
import { Peaks } from '../plan/pictures/waveform.ts';
import type { Studio } from './pictures-studio.ts';
import { TaskProblem } from './task.ts';

/**
 * Looks at the film's key frames or, where they are too rare, at pictures between them; the sound's peaks on the way. The pixels
 * stay in the scratch folder.
 */
export async function readLooks(studio: Studio): Promise<{ looks: Look[]; wave: Uint8Array | null }> {
  const { run, url } = studio;
  const { plan } = run.spec;
  const duration = durationOf(plan);
  await studio.ffmpeg(looksCommand(plan, { url }));
  const wave = soundOf(plan) ? await readPeaks(studio, duration) : null;
  let times = await shownTimes(studio, duration);
  if (tooSparse(times, duration)) {
    run.report(0.1, 'key frames are rare: reading pictures between them');
    studio.notes.push('The source has few key frames; its storyboard is made of pictures between them.');
    await studio.ffmpeg(looksCommand(plan, { url, every: true }));
    times = await shownTimes(studio, duration);
  }
  if (times.length === 0)
    throw new TaskProblem('encode-failed', 'The source shows no picture that can be decoded', {
      retryable: true,
    });
  const looks = await withPixels(studio, async (pixelsOf) => {
    const all: Look[] = [];
    for (const [i, time] of times.entries()) {
      run.signal.throwIfAborted();
      all.push(lookAt(time, await pixelsOf(i)));
    }
    return all;
  });
  return { looks, wave };
}

/** Lends the pixels of the pictures that were looked at, by their place in the list. */
export async function withPixels<T>(
  studio: Studio,
  work: (pixelsOf: (index: number) => Promise<Pixels>) => Promise<T>,
): Promise<T> {
  const size = lookSize(studio.run.spec.plan);
  const length = size.width * size.height * 3;
  const file = await open(studio.path(LOOKS_FILE));
  try {
    return await work(async (index) => {
      const { buffer: rgb, bytesRead } = await file.read(new Uint8Array(length), 0, length, index * length);
      if (bytesRead < length)
        throw new TaskProblem('encode-failed', `Picture ${index} was not decoded whole`, { retryable: true });
      return { ...size, rgb };
    });
  } finally {
    await file.close();
  }
}

/** In their order; what stands after the end of the film's grid is left out. */
const shownTimes = async (studio: Studio, duration: number): Promise<number[]> =>
  readTimes(await readFile(studio.path(TIMES_FILE), 'utf8'))
    .map((time) => Math.max(0, time))
    .filter((time) => time < duration);

async function readPeaks(studio: Studio, duration: number): Promise<Uint8Array | null> {
  const peaks = new Peaks(duration);
  for await (const piece of createReadStream(studio.path(WAVE_FILE))) peaks.add(piece as Buffer);
  return peaks.result();
}

import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { WrittenObject } from '../../schema/jobs/task.ts';
import type { Rung } from '../../schema/ladder.ts';
import type { VideoFacts } from '../../schema/media-facts.ts';
import { mergeVideoFacts } from '../plan/video/analysis.ts';
import { planGrid } from '../plan/grid.ts';
import { trickFrames } from '../plan/video/trick.ts';
import { StoreFailure } from '../storage/store.ts';
import { decodeTimes, joined, pictureTimes, steps } from '../testing/inspect.ts';
import { clip, ffmpeg, ffprobe } from '../testing/media.ts';
import { encode, keysOf, makeRig, message, probeSource, runChunks, save, type Rig } from '../testing/rig.ts';
import { performer } from './perform.ts';

let rig: Rig;
let plan: Plan;
const source = 'sources/chunks';
beforeAll(async () => {
  rig = await makeRig();
  await rig.upload(source, await clip(rig.folder, 'chunks.mkv', { seconds: 9, size: '320x180' }));
  const quick = await probeSource(rig, source);
  plan = { ...quick, ...planGrid(quick.frames, quick.frameRate, { chunkSeconds: 4 }) };
});
afterAll(() => rig.close());

const rung: Rung = {
  id: 'v180',
  codec: 'h264',
  width: 320,
  height: 180,
  crf: 22,
  maxrate: 800_000,
  bufsize: 1_600_000,
};
const inits = (objects: readonly WrittenObject[], id: string) =>
  new Set(objects.flatMap(({ init, sha256 }) => (init?.rendition === id ? [sha256] : [])));

async function expectWhole(objects: readonly WrittenObject[], id: string): Promise<string> {
  const path = await joined(rig, objects, id);
  const times = await pictureTimes(path);
  expect(times).toHaveLength(plan.frames);
  for (const [i, time] of times.entries()) expect(time).toBeCloseTo(1 + i / 24, 4);
  expect(steps(await decodeTimes(path))).toEqual([1000]);
  return path;
}

describe('chunks of one rung', () => {
  it.each(['ultrafast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'veryslow'] as const)(
    'join though their CRFs and caps differ, and the first is a hasty one (%s)',
    async (preset) => {
      const settings = { ...plan.settings, preset };
      const objects: WrittenObject[] = [];
      for (const [chunk, crf] of [22, 34, 27].entries()) {
        const maxrate = 800_000 / (chunk + 1);
        const spec = {
          kind: 'video-chunk' as const,
          plan: { ...plan, settings, rungs: [{ ...rung, crf, maxrate, bufsize: 2 * maxrate }] },
          chunk,
          keys: keysOf(plan.periods),
        };
        objects.push(...(await encode(rig, message(spec, { source }))).objects);
      }
      expect(inits(objects, 'v180').size).toBe(1);
      await expectWhole(objects, 'v180');
    },
  );

  it('name a level by their size and rate', async () => {
    const settings = { ...plan.settings, preset: 'veryfast' as const };
    const objects = await runChunks(rig, source, { ...plan, settings, rungs: [rung] });
    expect(objects.find(({ init }) => init)?.init?.codec).toBe('avc1.64001e');
  });
});

describe('a ladder of AV1 alone', () => {
  it('has ten bits, one header, every picture at its time, a key frame where a segment starts', async () => {
    const rungs: Rung[] = [
      { ...rung, id: 'r2-v90-av1', codec: 'av1', width: 160, height: 90, crf: 50, maxrate: 200_000 },
      { ...rung, id: 'r2-v180-av1', codec: 'av1', crf: 40, maxrate: 500_000 },
    ];
    const objects = await runChunks(rig, source, { ...plan, rungs });
    for (const { id, width, height } of rungs) {
      expect(inits(objects, id).size).toBe(1);
      const path = await expectWhole(objects, id);
      expect(await ffprobe('-show_entries', 'stream=codec_name,pix_fmt,width,height', path)).toEqual([
        `av1|${width}|${height}|yuv420p10le`,
      ]);
      const init = objects.find((object) => object.init?.rendition === id)?.init;
      expect(init).toMatchObject({ codec: 'av01.0.00M.10', timescale: 24_000 });
      const packets = await ffprobe('-show_entries', 'packet=flags', path);
      for (const { first } of plan.grid) expect(packets[first]).toMatch(/^K/);
    }
  });
});

describe('a rung above the lowest', () => {
  it('has a key frame where a segment starts, and none inside of it', async () => {
    const rungs: Rung[] = [{ ...rung, id: 'v90', width: 160, height: 90 }, rung];
    const objects = await runChunks(rig, source, { ...plan, rungs });
    const keysIn = async (id: string) => {
      const flags = await ffprobe('-show_entries', 'packet=flags', await joined(rig, objects, id));
      return flags.flatMap((flag, frame) => (flag.startsWith('K') ? [frame] : []));
    };
    expect(plan.grid.map(({ first }) => first)).toEqual([0, 48, 96, 192]);
    expect(await keysIn('v180')).toEqual([0, 48, 96, 192]);
    expect(await keysIn('v90')).toEqual([0, 48, 96, 144, 192]);
  });
});

describe('key frames for fast seeking', () => {
  it('are a rendition of their own: each decodes alone, at its time, under the key of its period', async () => {
    const objects = await runChunks(rig, source, plan);
    expect(inits(objects, 't180')).toEqual(inits(objects, 'v180'));
    const frames = objects.flatMap(({ segment }) => (segment?.rendition === 't180' ? [segment] : []));
    expect(frames.map(({ index, samples, duration, period }) => [index, samples, duration, period])).toEqual(
      trickFrames(plan).map(({ index, frames, period }) => [index, 1, frames / 24, period]),
    );
    const path = await joined(rig, objects, 't180');
    expect(await pictureTimes(path)).toEqual([1, 3, 5, 7, 9]);
    // The same pictures as in the rung, bit for bit.
    const whole = await hashes(await joined(rig, objects, 'v180'));
    expect(await hashes(path)).toEqual([0, 48, 96, 144, 192].map((frame) => whole[frame]));
  });
});

/** A hash of each decoded picture, in the order in which they are shown. */
async function hashes(path: string): Promise<string[]> {
  const out = join(rig.folder, 'frames.md5');
  await ffmpeg('-i', path, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', out);
  const lines = (await readFile(out, 'utf8')).split('\n');
  return lines.flatMap((line) => (/^\d/.test(line) ? [line.split(',').at(-1)!.trim()] : []));
}

describe('the pictures of a film', () => {
  it('are looked at for cuts, black and flashes, which are where they were put, wherever it is cut into chunks', async () => {
    // 0–2 s a pan, 2–3 s black, 3–5 s a still, 5–7 s red and blue in turn, 7–12 s another still.
    const graph = [
      'mandelbrot=s=640x180:r=24:maxiter=300,trim=end_frame=1,loop=-1:1,setpts=N/24/TB,crop=320:180:x=t*120:y=0,trim=duration=2[pan]',
      'color=black:s=320x180:r=24:d=1[dark]',
      'testsrc=s=320x180:r=24:d=1,trim=end_frame=1,loop=47:1,setpts=N/24/TB[still]',
      'color=red:s=320x180:r=24:d=2,drawbox=color=blue:t=fill:enable=mod(n\\,2)[flash]',
      'color=gray:s=320x180:r=24:d=5[grey]',
      '[pan][dark][still][flash][grey]concat=n=5,setsar=1',
    ].join(';');
    const path = join(rig.folder, 'facts.mkv');
    await ffmpeg('-filter_complex', graph, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', path);
    await rig.upload('sources/facts', await readFile(path));
    const quick = await probeSource(rig, 'sources/facts');
    for (const chunkCount of [1, 2, 5]) {
      const cut = { ...quick, ...planGrid(quick.frames, quick.frameRate, { chunkCount }) };
      const facts: VideoFacts[] = [];
      for (const { index } of cut.chunks) {
        const spec = { kind: 'video-chunk' as const, plan: cut, chunk: index, keys: keysOf(cut.periods) };
        const result = await encode(rig, message(spec, { source: 'sources/facts' }));
        if (result.facts?.of === 'video') facts.push(result.facts);
      }
      expect(facts).toHaveLength(cut.chunks.length);
      const merged = mergeVideoFacts(facts);
      expect(merged.black).toEqual([[2, 3]]);
      expect(merged.scenes).toEqual(expect.arrayContaining([2, 3, 5, 7]));
      expect(merged.scenes.filter((time) => time < 5 || time > 7)).toEqual([2, 3]);
      expect(merged.flashes).toEqual([
        { start: expect.closeTo(5, 1), end: expect.closeTo(7, 1), badness: expect.any(Number) },
      ]);
      expect(merged.flashes[0]!.badness).toBeGreaterThan(10);
    }
  });
});

describe('a source that cannot be read to its end', () => {
  it('is not covered up by a last picture that is held', async () => {
    const lost = await save(
      rig,
      'lost-ffmpeg',
      '#!/bin/sh\nffmpeg "$@"\ncode=$?\necho "[error] http://store/x.mkv: Input/output error" >&2\nexit $code\n',
    );
    await chmod(lost, 0o755);
    const work = { ...rig.config.work, ffmpeg: { ...rig.config.work.ffmpeg, ffmpegPath: lost } };
    const chunk = plan.chunks.length - 1;
    const spec = { kind: 'video-chunk' as const, plan, chunk, keys: keysOf(plan.periods) };
    const quiet = () => undefined;
    const chunks = performer(rig.store, work)(
      message(spec, { source }),
      new AbortController().signal,
      quiet,
      () => Promise.resolve(),
    );
    await expect(chunks).rejects.toBeInstanceOf(StoreFailure);
  });
});

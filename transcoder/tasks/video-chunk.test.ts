import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { WrittenObject } from '../../schema/jobs/task.ts';
import type { Rung } from '../../schema/ladder.ts';
import { planGrid } from '../plan/grid.ts';
import { decodeTimes, joined, pictureTimes, steps } from '../testing/inspect.ts';
import { clip, ffprobe } from '../testing/media.ts';
import { encode, keysOf, makeRig, message, probeSource, runChunks, type Rig } from '../testing/rig.ts';

let rig: Rig;
let plan: Plan;
const source = 'sources/chunks';
beforeAll(async () => {
  rig = await makeRig();
  await rig.upload(source, await clip(rig.folder, 'chunks.mkv', { seconds: 9, size: '320x180' }));
  const quick = await probeSource(rig, source);
  plan = { ...quick, ...planGrid(quick.frames, quick.frameRate, { chunkCount: 3 }) };
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
  it.each(['veryfast', 'medium'] as const)('join though their CRFs and caps differ (%s)', async (preset) => {
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
  });

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

import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../schema/jobs/settings.ts';
import { joined, pictureTimes } from '../testing/inspect.ts';
import { ffmpeg } from '../testing/media.ts';
import { encode, keysOf, makeRig, message, surveySource, type Rig } from '../testing/rig.ts';
import type { WrittenObject } from '../../schema/jobs/task.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

async function upload(name: string, picture: string): Promise<string> {
  const path = join(rig.folder, `${name}.mkv`);
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-g', '48'];
  await ffmpeg('-f', 'lavfi', '-i', picture, ...x264, path);
  await rig.upload(`sources/${name}`, await readFile(path));
  return `sources/${name}`;
}

describe('the measured ladder', () => {
  it('of drawn lines: what is dropped is worse at its bits; the head stands and joins what follows', async () => {
    const key = await upload('drawn', 'testsrc2=size=1280x720:rate=24:duration=4');
    const { quick, plan, headStands } = await surveySource(rig, key, {
      ...defaultSettings,
      ladder: 'measured',
    });
    const candidates = quick.rungs.map(({ id }) => id);
    expect(candidates).toEqual(['v360', 'v720-low', 'v720']);
    const kept = plan.rungs.map(({ id }) => id);
    expect(kept[0]).toBe('v360');
    expect(kept.at(-1)).toBe('v720');
    expect([...kept, ...plan.dropped].sort()).toEqual([...candidates].sort());
    expect(plan.rungs.at(-1)!.crf).toBe(22);
    for (const [i, { maxrate }] of plan.rungs.entries())
      expect(maxrate).toBeGreaterThan(plan.rungs[i - 1]?.maxrate ?? 0);
    expect(plan.source.notes).toContainEqual(
      expect.stringMatching(/probe encodes of 3 slices.*720@24 .* dB/),
    );
    expect(headStands).toBe(true);

    const objects: WrittenObject[] = [];
    for (const { index } of plan.chunks) {
      const by = index === 0 ? quick : plan;
      const spec = { kind: 'video-chunk' as const, plan: by, chunk: index, keys: keysOf(plan.periods) };
      objects.push(...(await encode(rig, message(spec, { source: key }))).objects);
    }
    for (const id of [...kept, 't360']) {
      const inits = objects.flatMap(({ init, sha256 }) => (init?.rendition === id ? [sha256] : []));
      expect(new Set(inits).size).toBe(1);
    }
    for (const id of kept) {
      const times = await pictureTimes(await joined(rig, objects, id));
      expect(times).toHaveLength(plan.frames);
      for (const [i, time] of times.entries()) expect(time).toBeCloseTo(1 + i / 24, 4);
    }
  });

  it('is not measured where every rung is asked for', async () => {
    const key = await upload('every', 'testsrc2=size=1280x720:rate=24:duration=2');
    const { plan } = await surveySource(rig, key, { ...defaultSettings, ladder: 'all' });
    expect(plan.rungs.map(({ id, crf }) => `${id}@${crf}`)).toEqual(['v360@22', 'v480@22', 'v720@22']);
    expect(plan.dropped).toEqual([]);
  });
});

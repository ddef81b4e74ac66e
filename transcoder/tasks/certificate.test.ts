import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../schema/jobs/plan.ts';
import { concat, find, retime, splitFragmented } from '../plan/mp4.ts';
import { planGrid } from '../plan/grid.ts';
import { Spoilt } from '../testing/faults.ts';
import { clip } from '../testing/media.ts';
import { fakeEdge, makeRig, message, probeSource, runJob, save, type Rig } from '../testing/rig.ts';

// Every check of the certificate, each proved by a fault in real media, or in what was reported of it.

const OUTPUT = 'hls/film/season-1/ep-1/v1/';
const never = new AbortController().signal;
let rig: Rig;
let plan: Plan;
let job: Awaited<ReturnType<typeof runJob>>;
let spoilt: Spoilt;

beforeAll(async () => {
  rig = await makeRig();
  const srt = await save(rig, 's.srt', '1\n00:00:01,000 --> 00:00:03,500\nHello\n');
  const bytes = await clip(rig.folder, 'film.mkv', {
    seconds: 9,
    size: '640x480',
    more: ['-i', srt, '-map', '0:v', '-map', '1:a', '-map', '2:s', '-c:s', 'srt'],
  });
  await rig.upload('sources/film', bytes);
  const found = await probeSource(rig, 'sources/film');
  const cut = planGrid(found.frames, found.frameRate, { chunkCount: 2 });
  // A key period a chunk, though they are short: real ones last a minute.
  const chunks = cut.chunks.map((chunk) => ({ ...chunk, period: chunk.index }));
  const grid = cut.grid.map((segment, i) => ({
    ...segment,
    period: chunks.findLast(({ firstSegment }) => firstSegment <= i)!.index,
  }));
  const rungs = found.rungs.concat(
    found.rungs.length > 1 ? [] : [{ ...found.rungs[0]!, id: 'v360', width: 480, height: 360 }],
  );
  plan = { ...found, rungs, chunks, grid, periods: chunks.length };
  job = await runJob(rig, 'sources/film', plan, OUTPUT, { pictures: true });
  spoilt = new Spoilt(rig, job.spec, OUTPUT);
});
afterAll(() => rig.close());

const rung = () => plan.rungs.at(-1)!.id;
const last = () => plan.grid.length - 1;
/** Where a box's fields begin. */
const bodyOf = (bytes: Uint8Array, path: string) => find(bytes, path)!.body;
const board = () => job.package.package.pictures!.storyboard!;

const faults: [what: string, check: string, spoil: () => unknown][] = [
  ['a segment was dropped', 'segments', () => spoilt.forget(`${rung()}/1.m4s`)],
  [
    'a segment is reported under another key period',
    'segments',
    () => {
      const { segment } = spoilt.object(`${rung()}/0.m4s`);
      segment!.period = 1;
      spoilt.spec.keys['1'] = spoilt.spec.keys['0']!;
    },
  ],
  ['an object is missing', 'objects', () => spoilt.remove(`${rung()}/1.m4s`)],
  [
    'a hash is wrong',
    'objects',
    () => Object.assign(spoilt.object('a0-und/1.m4s'), { sha256: '0'.repeat(64) }),
  ],
  [
    'a byte flipped in the store',
    'objects',
    async () => {
      const bytes = await spoilt.stored(`${rung()}/1.m4s`);
      bytes[bytes.length >> 1]! ^= 1;
      await spoilt.store(`${rung()}/1.m4s`, bytes, 'not told');
    },
  ],
  [
    'a segment was encrypted with the key of another period',
    'readable',
    async () => {
      const key = `${rung()}/${last()}.m4s`;
      await spoilt.store(key, spoilt.sealed(key, await spoilt.clear(key), 0));
    },
  ],
  [
    'a segment was not encrypted at all',
    'readable',
    async () => spoilt.store('a0-und/1.m4s', await spoilt.clear('a0-und/1.m4s')),
  ],
  [
    'an init segment is cut off',
    'readable',
    async () =>
      spoilt.store(`${rung()}/init.mp4`, (await spoilt.stored(`${rung()}/init.mp4`)).subarray(0, 300)),
  ],
  [
    'a rung is encoded in another size',
    'init',
    () => Object.assign(spoilt.spec.plan.rungs.at(-1)!, { width: 642 }),
  ],
  [
    'a codec string is wrong',
    'codecs',
    () => {
      for (const { key, init } of spoilt.spec.objects)
        if (key === `${rung()}/init.mp4`) init!.codec = 'avc1.4d401f';
    },
  ],
  [
    'an init segment names a profile that its bitstream has not',
    'readable',
    async () => {
      const init = await spoilt.stored(`${rung()}/init.mp4`);
      init[Buffer.from(init).indexOf('avcC') + 5] = 0x42;
      await spoilt.store(`${rung()}/init.mp4`, init);
    },
  ],
  [
    'a key frame for fast seeking is missing',
    'trick-play',
    () => spoilt.forget(`${job.package.package.trick[0]!.id}/1.m4s`),
  ],
  [
    'a key frame for fast seeking is of another moment',
    'trick-play',
    () =>
      spoilt.change(`${job.package.package.trick[0]!.id}/1.m4s`, (clear) =>
        concat(splitFragmented(clear).fragments.map((one) => retime(one, one.decodeTime + 7, 1).bytes)),
      ),
  ],
  [
    'two segments are swapped',
    'boundaries',
    async () => {
      const [one, two] = [`${rung()}/0.m4s`, `${rung()}/1.m4s`];
      const [first, second] = [await spoilt.clear(one), await spoilt.clear(two)];
      await spoilt.change(one, () => second);
      await spoilt.change(two, () => first);
    },
  ],
  [
    'a segment begins in the middle of a group of pictures',
    'key-frames',
    () =>
      spoilt.change(`${rung()}/1.m4s`, (clear) => {
        const trun = bodyOf(clear, 'moof/traf/trun');
        const view = new DataView(clear.buffer, clear.byteOffset);
        expect(view.getUint32(trun) & 0x4).toBe(4); // flags of the first sample are there
        view.setUint32(trun + 12, 0x1010000);
        return clear;
      }),
  ],
  [
    'what is called a key frame is none',
    'readable',
    () =>
      spoilt.change(`${rung()}/1.m4s`, (clear) => {
        const mdat = bodyOf(clear, 'mdat');
        const view = new DataView(clear.buffer, clear.byteOffset);
        for (let at = mdat; at + 4 < clear.length; at += 4 + view.getUint32(at))
          if ((clear[at + 4]! & 0x1f) === 5) clear[at + 4]! -= 4; // an IDR slice becomes another one
        return clear;
      }),
  ],
  [
    'the sound is 200 ms late',
    'sync',
    async () => {
      for (let i = 0; i <= last(); i++)
        await spoilt.change(`a0-und/${i}.m4s`, (clear) =>
          concat(
            splitFragmented(clear).fragments.map(
              (fragment, n) => retime(fragment, fragment.decodeTime + 9600, n + 1).bytes,
            ),
          ),
        );
    },
  ],
  [
    'there is a gap in the sound',
    'decode-times',
    () =>
      spoilt.change('a0-und/1.m4s', (clear) =>
        concat(
          splitFragmented(clear).fragments.map(
            (fragment, n) => retime(fragment, fragment.decodeTime + 1024, n + 1).bytes,
          ),
        ),
      ),
  ],
  [
    'the end of the sound is missing',
    'durations',
    () => {
      spoilt.forget(`a0-und/${last()}.m4s`);
    },
  ],
  [
    'the pictures of a segment are damaged',
    'decode',
    () =>
      spoilt.change(`${rung()}/0.m4s`, (clear) => {
        const mdat = bodyOf(clear, 'mdat');
        const from = mdat + Math.round((clear.length - mdat) / 10);
        // The sizes of the units within stay as they are; what they hold does not.
        const view = new DataView(clear.buffer, clear.byteOffset);
        for (let at = mdat; at + 4 < clear.length; at += 4 + view.getUint32(at))
          clear.fill(0x55, Math.max(at + 12, from), Math.min(at + 4 + view.getUint32(at), from + 4000));
        return clear;
      }),
  ],
  [
    'a track came out too loud',
    'loudness',
    () => {
      for (const { facts } of spoilt.spec.reports)
        if (facts?.of === 'audio') facts.after = { integrated: -16.4, truePeak: -0.2, range: 1 };
    },
  ],
  [
    'a track was not measured',
    'loudness',
    () => (spoilt.spec.reports = spoilt.spec.reports.filter(({ kind }) => kind !== 'audio')),
  ],
  [
    'a cue shows after the end',
    'subtitles',
    () =>
      spoilt.change('s0-und/0.vtt', (clear) =>
        Buffer.from(Buffer.from(clear).toString('utf8').replace('00:00:03.500', '00:00:13.500')),
      ),
  ],
  ['a file that facts name was not stored', 'files', () => spoilt.forget(board().sprites[0]!.uri)],
  [
    'a tile of the storyboard is missing',
    'storyboard',
    async () => {
      const text = Buffer.from(await spoilt.stored(board().uri)).toString('utf8');
      await spoilt.store(board().uri, Buffer.from(text.replace(/\n[^\n]+ --> [^\n]+\n[^\n]+\n/, '')));
    },
  ],
  [
    'a chunk wrote another init segment than the others',
    'objects',
    () => {
      const init = spoilt.object(`${rung()}/init.mp4`);
      spoilt.spec.objects.push({ ...init, sha256: '0'.repeat(64) });
    },
  ],
  [
    'an amendment is made on a package whose bandwidth is too low',
    'bandwidth',
    () => {
      const base = structuredClone(job.package.package);
      base.video[0]!.bandwidth /= 2;
      onTopOf(base);
    },
  ],
  [
    'an amendment leaves nothing to see',
    'carried',
    () =>
      onTopOf(
        job.package.package,
        job.package.package.video.map(({ id }) => id),
      ),
  ],
];

/** As an amendment that only removes. */
function onTopOf(base: typeof job.package.package, remove: string[] = []): void {
  Object.assign(spoilt.spec, {
    plan: { ...plan, rungs: [], audio: [], subtitles: [] },
    objects: [],
    reports: [],
    amend: { base, change: { number: 2, add: null, remove } },
  });
}

describe('the certificate of a real asset', () => {
  it('holds as it is, time and again', async () => {
    expect(job.package.certificate.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(await spoilt.verdict()).toEqual([]);
  });

  it.each(faults)('does not hold when %s: %s', async (_, check, spoil) => {
    await spoil();
    expect(await spoilt.verdict()).toContain(check);
  });

  it('fails the task for good where it does not hold, and names what is wrong', async () => {
    const objects = job.spec.objects.filter(({ key }) => key !== `${rung()}/1.m4s`);
    const lost = { ...job.spec.objects[0]!, key: `${rung()}/99.m4s` };
    const task = message(
      { ...job.spec, objects: [...objects, lost] },
      { source: 'sources/none', output: OUTPUT },
    );
    const named = rig.perform(task).catch((error: unknown) => error);
    expect(await named).toMatchObject({
      code: 'verification-failed',
      retryable: false,
      message: expect.stringMatching(
        new RegExp(`${rung()}/99.m4s is not in the store.*${rung()} has \\d of ${plan.grid.length} segments`),
      ),
    });
  });

  it('holds again once all is mended', async () => {
    expect(await spoilt.verdict()).toEqual([]);
  });
});

describe('what nobody named', () => {
  const keys = async () => {
    const found: string[] = [];
    for await (const page of rig.store.list(OUTPUT, { signal: never })) found.push(...page);
    return found.map((key) => key.slice(OUTPUT.length));
  };
  const strays = ['v999/0.m4s', 'v999/init.mp4', 'a0-und/77.m4s', 'left.bin'];
  const amendments = ['r2-a0-fr/0.m4s', 'r20-a0-fr/0.m4s'];

  it('is removed, but not what amendments made, nor anything by an attempt that was overtaken', async () => {
    const before = (await keys()).sort();
    const names = [...strays, ...amendments];
    for (const name of names) await rig.upload(OUTPUT + name, 'x');
    const edge = await fakeEdge();
    const { Desk } = await import('../desk.ts');
    const { performer } = await import('./perform.ts');
    const desk = new Desk(1, performer(rig.store, rig.config.work), () => undefined);
    const send = (attempt: number) => {
      const task = message(job.spec, { source: 'sources/film', output: OUTPUT, attempt });
      expect(desk.accept({ ...task, callback: edge.callback(task.taskId) })).toBe('accepted');
      return task.taskId;
    };
    try {
      // The edge learns of a newer attempt while this one works: its last heartbeat is refused.
      let beats = 0;
      edge.answer = ({ what }) => (what === 'heartbeat' && ++beats > 1 ? 409 : 204);
      const overtaken = send(1);
      await expect
        .poll(() => edge.calls.filter(({ task }) => task === overtaken).length, { timeout: 30_000 })
        .toBe(2);
      await expect.poll(() => desk.state.running).toBe(0);
      expect(await keys()).toEqual(expect.arrayContaining(names));

      edge.answer = () => 204;
      await edge.told(send(2), 'complete');
      expect((await keys()).sort()).toEqual([...before, ...amendments].sort());
    } finally {
      await desk.stop();
      await edge.close();
      await rig.store.remove(
        amendments.map((name) => OUTPUT + name),
        { signal: never },
      );
    }
  });

  it('of an amendment is its own alone', async () => {
    const names = [...strays, 'r2-a0-fr/0.m4s', 'r20-a0-fr/0.m4s'];
    for (const name of names) await rig.upload(OUTPUT + name, 'x');
    onTopOf(job.package.package);
    expect(await spoilt.verdict()).toEqual([]);
    const left = await keys();
    expect(names.filter((name) => !left.includes(name))).toEqual(['r2-a0-fr/0.m4s']);
  });
});

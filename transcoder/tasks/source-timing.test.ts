import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../schema/jobs/settings.ts';
import { planGrid } from '../plan/grid.ts';
import { joined, lights, loudSamples, numbered, readNumbers } from '../testing/inspect.ts';
import { encode, keysOf, makeRig, message, runChunks, save, surveySource, type Rig } from '../testing/rig.ts';
import { intoEpisode, lavfi, makeSource } from '../testing/source-job.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '24', '-pix_fmt', 'yuv420p'];

describe('a flash and a beep at the same instant', () => {
  const RATE = 24;
  /** Both from 1.5 s of the film on. `sound`: seconds that are cut off the front of the track, which then starts later. */
  const film = lavfi(
    `color=black:s=160x90:r=${RATE}:d=3,drawbox=color=white:t=fill:enable='between(n,36,38)'`,
  );
  const beep = lavfi("aevalsrc='0.5*sin(2*PI*1000*t)*between(t,1.5,1.6)':s=48000:d=3");
  const late = lavfi("aevalsrc='0.5*sin(2*PI*1000*t)*between(t,0.8,0.9)':s=44100:d=2");
  const aac = ['-c:a', 'aac'];
  const sources: [string, string[], { frames: number; at: number }?][] = [
    ['plain.mp4', [...film, ...beep, ...x264, ...aac]],
    ['from-3.7-s.mkv', [...film, ...beep, ...x264, ...aac, '-output_ts_offset', '3.7']],
    ['from-1.4-s.ts', [...film, ...beep, ...x264, ...aac]],
    ['from-an-hour.ts', [...film, ...beep, ...x264, '-c:a', 'mp2', '-output_ts_offset', '3600']],
    [
      'before-zero.mov',
      [...film, ...beep, ...x264, ...aac, '-output_ts_offset', '-0.5', '-avoid_negative_ts', 'disabled'],
      // What a QuickTime edit list leaves out is not of the film.
      { frames: 60, at: 1 },
    ],
    ['late-sound.mp4', [...film, '-itsoffset', '0.7', ...late, ...x264, ...aac]],
    ['late-sound.mkv', [...film, '-itsoffset', '0.7', ...late, ...x264, '-c:a', 'libopus']],
    [
      'late-picture.mkv',
      ['-itsoffset', '0.4', ...film, '-itsoffset', '0.4', ...beep, ...x264, ...aac, '-copyts'],
    ],
    ['old.avi', [...film, ...beep, '-c:v', 'mpeg4', '-bf', '0', '-c:a', 'pcm_s16le']],
  ];
  it.each(sources)('%s: they stay together', async (name, how, { frames, at } = { frames: 72, at: 1.5 }) => {
    const { plan, video, audio, certified } = await intoEpisode(rig, await makeSource(rig, name, how));
    expect(certified).toBe(true);
    expect(plan.frames).toBe(frames);
    const flash = (await lights(video)).findIndex((light) => light > 128) / RATE;
    const [beepsAt = 0] = await loudSamples(audio[0]!);
    expect(flash).toBe(at);
    expect(Math.abs(beepsAt - flash)).toBeLessThan(1 / RATE);
  });
});

describe('the quick look and the survey', () => {
  const small = '64x36';

  it('the head stands where the rate varies later only', async () => {
    const picture = lavfi(`testsrc2=s=${small}:r=24:d=30,select='lt(n,504)+not(mod(n,7))'`);
    const key = await makeSource(rig, 'later.mkv', picture, '-fps_mode', 'vfr', x264);
    const { quick, plan, headStands } = await surveySource(rig, key);
    expect(quick.source.notes.join()).not.toContain('varying');
    expect(plan.source.notes.join()).toContain('varying');
    expect(plan.frameRate).toEqual([24, 1]);
    expect(headStands).toBe(true);
  });

  it('the head does not stand where most of the film is quicker than its start', async () => {
    const picture = lavfi(`testsrc2=s=${small}:r=60:d=60,select='gte(n,1320)+not(mod(n,2))'`);
    const key = await makeSource(rig, 'quicker.mkv', picture, '-fps_mode', 'vfr', x264);
    const { quick, plan, headStands } = await surveySource(rig, key);
    expect([quick.frameRate, plan.frameRate]).toEqual([
      [30, 1],
      [60, 1],
    ]);
    expect(headStands).toBe(false);
    // The second head has names of its own: nobody who keeps the first is shown it in its place.
    const keysOfHead = async (by: typeof plan) => {
      const spec = { kind: 'video-chunk' as const, plan: by, chunk: 0, keys: keysOf(by.periods) };
      return (await encode(rig, message(spec, { source: key }))).objects.map((object) => object.key);
    };
    const [first, again] = [await keysOfHead(quick), await keysOfHead(plan)];
    expect(again).toHaveLength(first.length);
    expect(again.filter((name) => first.includes(name))).toEqual([]);
  });

  it('a container that does not say how long it is has the same head', async () => {
    // Written to a pipe: neither duration nor index.
    const key = await makeSource(
      rig,
      'streamed.mkv',
      lavfi(`testsrc2=s=${small}:r=24:d=7`),
      x264,
      '-live',
      '1',
    );
    const { quick, plan, headStands } = await surveySource(rig, key);
    expect(quick.frames).toBeGreaterThan(10_000);
    expect(plan.frames).toBe(168);
    expect(headStands).toBe(true);
  });

  it('a container without an index is read to its end, however far apart its keyframes are', async () => {
    const picture = lavfi(`testsrc2=s=${small}:r=24:d=40`);
    const key = await makeSource(rig, 'sparse.ts', picture, x264, '-g', '250', '-sc_threshold', '0');
    const { plan, headStands } = await surveySource(rig, key);
    expect(plan.frames).toBe(960);
    expect(plan.source.entries).toEqual([0, 250, 500, 750].map((n) => expect.closeTo(n / 24, 3) as number));
    expect(headStands).toBe(true);
  });

  it('a clock that is set back in the middle is refused, and a remux with one timeline is not', async () => {
    const part = await makeSource(rig, 'part.ts', lavfi(`testsrc2=s=${small}:r=24:d=6`), x264);
    const once = await rig.store.get(part, { signal: new AbortController().signal });
    await rig.upload('sources/joined.ts', Buffer.concat([once, once]));
    await expect(surveySource(rig, 'sources/joined.ts')).rejects.toMatchObject({
      code: 'source-unreadable',
      retryable: false,
      message: expect.stringContaining('set back') as string,
    });
    const path = await save(rig, 'joined.ts', Buffer.concat([once, once]));
    const mended = await makeSource(rig, 'mended.mkv', '-i', path, '-map', '0', '-c', 'copy');
    expect((await surveySource(rig, mended)).plan.frames).toBe(288);
  });

  it('settings are kept, and no rung has more lines than they allow', async () => {
    const key = await makeSource(rig, 'lines.mp4', lavfi('testsrc2=s=1280x720:r=24:d=2.5'), x264);
    const settings = { ...defaultSettings, maxHeight: 480, crf: 30 };
    const { quick, plan } = await surveySource(rig, key, settings);
    expect([quick.settings, plan.settings]).toEqual([settings, settings]);
    expect(Math.max(...quick.rungs.map(({ height }) => height))).toBe(480);
    expect(Math.max(...plan.rungs.map(({ height }) => height))).toBe(480);
  });
});

it('HEVC in a container without an index: each chunk starts at a keyframe, and shows no made-up picture', async () => {
  const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast'];
  const said = 'log-level=none:pools=1:bframes=3:keyint=60:min-keyint=60:scenecut=0';
  const picture = lavfi(`${numbered({ rate: '24', seconds: 12 })},scale=288:128:flags=neighbor,setsar=1`);
  const key = await makeSource(rig, 'hevc-long.ts', picture, x265, '-x265-params', said);
  const { plan } = await surveySource(rig, key);
  expect(plan.source.entries).toEqual([0, 2.5, 5, 7.5, 10]);
  const objects = await runChunks(rig, key, {
    ...plan,
    ...planGrid(plan.frames, plan.frameRate, { chunkCount: 3 }),
  });
  const numbers = await readNumbers(await joined(rig, objects, plan.rungs.at(-1)!.id));
  expect(numbers).toEqual(Array.from({ length: 288 }, (_, i) => i));
});

import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EncodeFacts } from '../../schema/media-facts.ts';
import { EncodeResult } from '../../schema/jobs/task.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import { ffmpeg, ffprobe } from '../testing/media.ts';
import { encode, makeRig, message, probeSource, runJob, save, type Rig } from '../testing/rig.ts';

const never = new AbortController().signal;
const OUTPUT = 'hls/film/season-1/ep-1/v1/';
let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

type Facts = Extract<EncodeFacts, { of: 'pictures' }>;
async function picturesOf(
  source: string,
  plan: Plan,
  on = rig,
): Promise<{ facts: Facts; result: EncodeResult }> {
  const result = await encode(on, message({ kind: 'pictures', plan }, { source }));
  expect(v.is(EncodeResult, result)).toBe(true);
  if (result.facts?.of !== 'pictures') throw new Error('no facts of pictures');
  return { facts: result.facts, result };
}
const stored = (uri: string, on = rig) => on.store.get(OUTPUT + uri, { signal: never });
const download = async (uri: string, on = rig) => save(on, uri.replaceAll('/', '-'), await stored(uri, on));

/** Decoded pixels of a file, made few, three bytes each. `before`: what has to be said of its colours. */
async function pixels(path: string, before: string, size: string): Promise<Uint8Array> {
  const out = `${path}.rgb`;
  await ffmpeg(
    '-i',
    path,
    '-frames:v',
    '1',
    '-vf',
    `${before},format=rgb24,scale=${size}:flags=area`,
    '-f',
    'rawvideo',
    out,
  );
  return readFile(out);
}
/** Seconds of a cue's start, and the corner of its tile. */
const cuesOf = (vtt: string) =>
  [...vtt.matchAll(/(\d+):(\d+):([\d.]+) --> [\d:.]+\n\S+#xywh=(\d+),(\d+)/g)].map(([, h, m, s, x, y]) => ({
    start: Number(h) * 3600 + Number(m) * 60 + Number(s),
    x: Number(x),
    y: Number(y),
  }));

const seconds = 24;
/** Moving shapes; black from second 12 to 16; the shapes again, fading away until second 20; black to the end. */
const film = [
  `testsrc2=size=480x270:rate=24:duration=${seconds},hue=h=0:s=0.6`,
  `drawbox=enable='between(t,12,15.99)':color=black:t=fill`,
  `fade=t=out:st=16:d=4`,
].join(',');
const x264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-g',
  '24',
  '-keyint_min',
  '24',
  '-sc_threshold',
  '0',
];

describe('a film with a black stretch and a fade', () => {
  let plan: Plan;
  let done: Awaited<ReturnType<typeof picturesOf>>;
  beforeAll(async () => {
    const path = join(rig.folder, 'film.mkv');
    const tone = `aevalsrc='if(lt(t,6),0.5*sin(440*2*PI*t),0)':d=${seconds}`;
    await ffmpeg('-f', 'lavfi', '-i', film, '-f', 'lavfi', '-i', tone, x264, '-c:a', 'flac', path);
    await rig.upload('sources/film', await readFile(path));
    plan = await probeSource(rig, 'sources/film');
    done = await picturesOf('sources/film', plan);
  });

  it('reports every object as it is stored, under names that never change', async () => {
    const { facts, result } = done;
    const named = [
      ...facts.stills.flatMap(({ sizes }) => sizes.flatMap(({ files }) => files)),
      ...facts.storyboard!.sprites,
      facts.preview!,
      facts.waveform!,
    ];
    expect(result.objects.map(({ key }) => key).sort()).toEqual(
      [...named.map(({ uri }) => uri), facts.storyboard!.uri].sort(),
    );
    for (const { key, bytes } of result.objects) expect((await stored(key)).length).toBe(bytes);
    for (const { uri, bytes } of named)
      expect(result.objects.find(({ key }) => key === uri)!.bytes).toBe(bytes);
    expect(result.cpuSeconds).toBeGreaterThan(0);
    expect(await readdir(rig.config.work.scratch)).toEqual([]);
  });

  it('takes stills where there is something to see, in sizes and formats, AVIF the smallest', async () => {
    const { stills } = done.facts;
    expect(stills.length).toBeGreaterThan(0);
    for (const { time, sizes, thumbhash } of stills) {
      expect(time < 12).toBe(true); // at 16 it is there for one frame, and fades
      expect(Buffer.from(thumbhash, 'base64').length).toBeGreaterThan(15);
      expect(sizes.map(({ width, height }) => [width, height])).toEqual([
        [320, 180],
        [480, 270],
      ]);
      for (const { files, width, height } of sizes) {
        expect(files.map(({ type }) => type).sort()).toEqual(['image/avif', 'image/jpeg', 'image/webp']);
        expect(files.map(({ bytes }) => bytes)).toEqual(
          files.map(({ bytes }) => bytes).sort((a, b) => a - b),
        );
        for (const { uri } of files)
          expect((await ffprobe('-show_entries', 'stream=width,height', await download(uri)))[0]).toBe(
            `${width}|${height}`,
          );
      }
    }
  });

  it('stills are the pictures of their times, in their colours, in each format', async () => {
    const { time, sizes } = done.facts.stills[0]!;
    const source = join(rig.folder, 'film.mkv');
    const frame = join(rig.folder, 'frame.png');
    await ffmpeg('-ss', String(time), '-i', source, '-frames:v', '1', frame);
    const expected = await pixels(frame, 'null', '48:27');
    for (const { uri } of sizes.at(-1)!.files) {
      // All are BT.601; FFmpeg takes what it is not told for BT.601 too, but not for full range.
      const range = uri.endsWith('webp') ? 'tv' : 'pc';
      const found = await pixels(
        await download(uri),
        `scale=in_color_matrix=bt601:in_range=${range}`,
        '48:27',
      );
      const apart =
        expected.reduce((sum, value, i) => sum + Math.abs(value - found[i]!), 0) / expected.length;
      expect(apart).toBeLessThan(3);
    }
  });

  it('has a storyboard whose tiles are the pictures of their times', async () => {
    const board = done.facts.storyboard!;
    expect(board).toMatchObject({ width: 160, height: 90, tiles: seconds });
    const cues = cuesOf(Buffer.from(await stored(board.uri)).toString('utf8'));
    expect(cues.map(({ start }) => start)).toEqual(Array.from({ length: seconds }, (_, i) => i));
    const sprite = await download(board.sprites[0]!.uri);
    for (const { start, x, y } of [cues[0]!, cues[7]!, cues[13]!, cues[18]!, cues[23]!]) {
      const tile = await pixels(sprite, `format=rgb24,crop=160:90:${x}:${y}`, '16:9');
      const frame = join(rig.folder, `tile-${start}.png`);
      await ffmpeg('-ss', String(start), '-i', join(rig.folder, 'film.mkv'), '-frames:v', '1', frame);
      const expected = await pixels(frame, 'null', '16:9');
      const apart = expected.reduce((sum, value, i) => sum + Math.abs(value - tile[i]!), 0) / expected.length;
      expect(apart).toBeLessThan(4);
    }
  });

  it('has a short silent preview that a plain video element plays, without the black', async () => {
    const preview = done.facts.preview!;
    expect(preview).toMatchObject({ duration: 8, width: 480, height: 270 });
    expect(preview.start).toBeLessThanOrEqual(4);
    expect(preview.bytes).toBeLessThan(400_000);
    const path = await download(preview.uri);
    const streams = await ffprobe(
      '-count_frames',
      '-show_entries',
      'stream=codec_name,pix_fmt,nb_read_frames',
      path,
    );
    expect(streams).toEqual(['h264|yuv420p|192']);
    const file = Buffer.from(await readFile(path)).toString('latin1');
    expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat')); // plays before it is there whole
  });

  it('has the peaks of the sound', async () => {
    expect(done.facts.waveform).toMatchObject({ bytes: seconds * 10, perSecond: 10 });
    const peaks = await stored(done.facts.waveform!.uri);
    const tone = peaks.subarray(1, 59);
    expect(Math.min(...tone)).toBeGreaterThan(120);
    expect(Math.max(...tone)).toBeLessThan(135); // half of the scale
    expect(Math.max(...peaks.subarray(62))).toBe(0);
  });

  it('comes out the same when it is done again', async () => {
    const again = await picturesOf('sources/film', plan);
    expect(again.result.objects).toEqual(done.result.objects);
    expect(again.facts).toEqual(done.facts);
  });

  it('stops at once when it is aborted', async () => {
    const stop = new AbortController();
    const running = rig.perform(message({ kind: 'pictures', plan }, { source: 'sources/film' }), stop.signal);
    setTimeout(() => stop.abort(new Error('the lease is lost')), 300);
    await expect(running).rejects.toThrow('the lease is lost');
    expect(await readdir(rig.config.work.scratch)).toEqual([]);
  });

  it('does with JPEG where FFmpeg writes nothing else, and says so', async () => {
    const path = await save(
      rig,
      'plain-ffmpeg',
      `#!/bin/bash\nffmpeg "$@" | grep -v -E 'libaom|libwebp'\nexit \${PIPESTATUS[0]}\n`,
    );
    await chmod(path, 0o755);
    const plain = await makeRig({ FFMPEG_PATH: path });
    try {
      await plain.upload('sources/film', await readFile(join(rig.folder, 'film.mkv')));
      const { facts, result } = await picturesOf('sources/film', plan, plain);
      expect(result.notes).toEqual([expect.stringContaining('image/jpeg only')]);
      const files = facts.stills.flatMap(({ sizes }) => sizes.flatMap((size) => size.files));
      expect(new Set(files.map(({ type }) => type))).toEqual(new Set(['image/jpeg']));
      expect(facts.storyboard!.sprites[0]!.uri).toBe('pictures/sprite-0.jpg');
    } finally {
      await plain.close();
    }
  });
});

describe('odd films', () => {
  const make = async (name: string, ...args: (string | string[])[]): Promise<Plan> => {
    const path = join(rig.folder, name);
    await ffmpeg(...args, path);
    await rig.upload(`sources/${name}`, await readFile(path));
    return probeSource(rig, `sources/${name}`);
  };

  it('with one key frame have a storyboard all the same', async () => {
    const picture = 'testsrc2=size=160x90:rate=12:duration=50';
    const plan = await make(
      'one-gop.mp4',
      '-f',
      'lavfi',
      '-i',
      picture,
      '-c:v',
      'libx264',
      '-g',
      '9999',
      '-sc_threshold',
      '0',
    );
    const { facts, result } = await picturesOf('sources/one-gop.mp4', plan);
    expect(result.notes).toContainEqual(expect.stringContaining('few key frames'));
    expect(facts.storyboard!.tiles).toBeGreaterThanOrEqual(40);
    expect(facts.stills.length).toBeGreaterThan(0);
    expect(facts.waveform).toBe(null); // no sound
    expect(facts.preview!.duration).toBeCloseTo(8, 1);
  });

  it('draw the sound of the original, though a dub stands before it', async () => {
    const sound = (volume: number) => ['-f', 'lavfi', '-i', `aevalsrc='${volume}*sin(440*2*PI*t)':d=4`];
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=24:duration=4'];
    const languages = ['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=jpn'];
    const maps = ['-map', '0', '-map', '1', '-map', '2', '-c:a', 'flac'];
    const plan = await make('dubbed.mkv', picture, sound(0), sound(0.5), maps, languages, x264);
    const { facts } = await picturesOf('sources/dubbed.mkv', plan);
    const peaks = await stored(facts.waveform!.uri);
    expect(Math.min(...peaks.subarray(1, 39))).toBeGreaterThan(120);
  });

  it('that are all black have no stills, and say so', async () => {
    const plan = await make('black.mp4', '-f', 'lavfi', '-i', 'color=black:s=160x90:r=24:d=5', x264);
    const { facts, result } = await picturesOf('sources/black.mp4', plan);
    expect(facts.stills).toEqual([]);
    expect(result.notes).toContainEqual(expect.stringContaining('No picture'));
    expect(facts.storyboard!.tiles).toBe(5);
  });

  it('of one frame have a storyboard and no preview', async () => {
    const plan = await make(
      'one.mp4',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=160x90:rate=24',
      '-frames:v',
      '1',
      x264,
    );
    const { facts } = await picturesOf('sources/one.mp4', plan);
    expect(facts).toMatchObject({ preview: null, waveform: null, storyboard: { tiles: 1 } });
  });

  it.each([
    {
      name: 'offset.ts',
      size: '320x180',
      args: ['-output_ts_offset', '3.7'],
      still: [320, 180],
      tile: [160, 90],
    },
    { name: 'tall.mkv', size: '90x160', args: [], still: [90, 160], tile: [90, 160] },
    { name: 'wide.mkv', size: '160x180', args: ['-vf', 'setsar=2'], still: [320, 180], tile: [160, 90] },
    {
      name: 'fields.mkv',
      size: '320x240',
      args: ['-vf', 'setfield=tff', '-flags', '+ilme+ildct'],
      still: [320, 240],
      tile: [160, 120],
    },
  ])('$name keep their shape and their times', async ({ name, size, args, still, tile }) => {
    const picture = `testsrc2=size=${size}:rate=24:duration=9`;
    const plan = await make(name, '-f', 'lavfi', '-i', picture, x264, args);
    const { facts } = await picturesOf(`sources/${name}`, plan);
    const sizes = facts.stills[0]!.sizes.map(({ width, height }) => [width, height]);
    expect(sizes.at(-1)).toEqual(still);
    expect([facts.storyboard!.width, facts.storyboard!.height]).toEqual(tile);
    expect(facts.storyboard!.tiles).toBe(9);
    expect(facts.stills[0]!.time % 1).toBeCloseTo(0, 2);
    expect(facts.preview!.duration).toBe(8);
  });

  it('are packaged with their pictures', async () => {
    const plan = await make(
      'whole.mp4',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=160x90:rate=24:duration=4',
      x264,
    );
    const { package: made } = await runJob(rig, 'sources/whole.mp4', plan, 'hls/whole/season-1/ep-1/v1/', {
      pictures: true,
    });
    expect(made.certificate.holds).toBe(true);
    expect(made.package.pictures!.storyboard!.tiles).toBe(4);
    expect(made.package.pictures!.stills).toHaveLength(1);
  });
});

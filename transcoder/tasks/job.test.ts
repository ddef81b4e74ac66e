import { createServer } from 'node:http';
import { join } from 'node:path';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Plan } from '../../schema/jobs/plan.ts';
import { TaskResult } from '../../schema/jobs/task.ts';
import { Package } from '../../schema/package.ts';
import { decryptSegment, keyOf } from '../plan/encryption.ts';
import { planGrid } from '../plan/grid.ts';
import { decodeTimes, joined, numbered, pictureTimes, readNumbers, steps } from '../testing/inspect.ts';
import { clip, ffmpeg, ffprobe } from '../testing/media.ts';
import { keysOf, listen, makeRig, probeSource, runChunks, runJob, shut, type Rig } from '../testing/rig.ts';

const never = new AbortController().signal;
const OUTPUT = 'hls/film/season-1/ep-1/v1/';
let rig: Rig;
beforeAll(async () => {
  rig = await makeRig({ CHUNK_SECONDS: '6' });
});
afterAll(() => rig.close());

const recut = (plan: Plan, chunkCount: number): Plan => ({
  ...plan,
  ...planGrid(plan.frames, plan.frameRate, { chunkCount }),
});

describe('exactness', () => {
  const sources = [
    { name: '24.mp4', rate: '24', seconds: 13, frames: 312 },
    { name: '23.976.mkv', rate: '24000/1001', seconds: 12, frames: 288 },
    { name: '25 b-frames.mov', rate: '25', seconds: 12, frames: 300, video: ['-bf', '4', '-g', '250'] },
    { name: 'offset.ts', rate: '30', seconds: 11, frames: 330, video: ['-g', '45'] },
    { name: 'shifted.mkv', rate: '24', seconds: 11, frames: 264, video: ['-output_ts_offset', '3.7'] },
  ];
  it.each(sources)('$name: every frame once, for 1, 2 and 4 chunks', async ({ name, frames, ...how }) => {
    await rig.upload('sources/exact', await clip(rig.folder, name, { size: '160x90', ...how }));
    const plan = await probeSource(rig, 'sources/exact');
    expect(v.is(Plan, plan)).toBe(true);
    expect(plan.frames).toBe(frames);
    expect(plan.source.notes).toEqual([]);
    const [num, den] = plan.frameRate;

    const job = await runJob(rig, 'sources/exact', recut(plan, 2));
    for (const count of [1, 4, 2]) {
      const cut = recut(plan, count);
      expect(cut.chunks).toHaveLength(count);
      const objects = count === 2 ? job.objects : await runChunks(rig, 'sources/exact', cut);
      const inits = objects.filter(({ init }) => init?.rendition === 'v90');
      expect(inits).toHaveLength(count);
      expect(new Set(inits.map(({ sha256 }) => sha256)).size).toBe(1);
      const path = await joined(rig, objects, 'v90');
      const times = await pictureTimes(path);
      expect(times).toHaveLength(frames);
      for (const [i, time] of times.entries()) expect(time).toBeCloseTo(1 + (i * den) / num, 4);
      expect(steps(await decodeTimes(path))).toHaveLength(1);
    }
    expect(job.package.certificate.holds).toBe(true);
    const sound = await joined(rig, job.objects, 'a0-und');
    expect(steps(await decodeTimes(sound))).toEqual([1024]);
    expect(await ffprobe('-show_entries', 'stream=start_pts', sound)).toEqual([String(48_000 - 1024)]);
  });

  it('gives each picture of the source its place: none repeated, none left out, none swapped', async () => {
    const path = join(rig.folder, 'numbered.mkv');
    const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-bf', '3', '-g', '70'];
    await ffmpeg('-f', 'lavfi', '-i', numbered({ rate: '24000/1001', seconds: 13 }), ...x264, path);
    await rig.upload('sources/numbered', await readFile(path));
    const plan = await probeSource(rig, 'sources/numbered');
    const objects = await runChunks(rig, 'sources/numbered', recut(plan, 4));
    const numbers = await readNumbers(await joined(rig, objects, plan.rungs[0]!.id));
    expect(numbers).toEqual(Array.from({ length: plan.frames }, (_, i) => i));
  });

  it('holds a varying source at one rate, the same for any cut', async () => {
    // 24 a second, but between 2 s and 7 s only every tenth picture, shown ten times as long; the last one too.
    const path = join(rig.folder, 'varying.mkv');
    const pick = "select='not(between(n,48,167))+not(mod(n,10))'";
    const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-bf', '2', '-g', '30'];
    const picture = `${numbered({ rate: '24', seconds: 13 })},${pick}`;
    await ffmpeg('-f', 'lavfi', '-i', picture, '-fps_mode', 'vfr', ...x264, path);
    await rig.upload('sources/varying', await readFile(path));
    const plan = await probeSource(rig, 'sources/varying');
    expect(plan.frameRate).toEqual([24, 1]);
    expect(plan.source.notes).toContainEqual(expect.stringContaining('varying rate'));
    const expected = Array.from({ length: 13 * 24 }, (_, n) =>
      n >= 50 && n < 168 ? n - (n % 10) : n === 48 || n === 49 ? 47 : n,
    );
    for (const count of [1, 4]) {
      const objects = await runChunks(rig, 'sources/varying', recut(plan, count));
      expect(await readNumbers(await joined(rig, objects, plan.rungs[0]!.id))).toEqual(expected);
    }
  });

  it('writes the same bytes each time it is run', async () => {
    await rig.upload('sources/twice', await clip(rig.folder, 'twice.mp4', { seconds: 5, size: '160x90' }));
    const plan = await probeSource(rig, 'sources/twice');
    const first = await runJob(rig, 'sources/twice', plan);
    const again = await runJob(rig, 'sources/twice', plan);
    expect(again.objects.map(({ key, sha256 }) => [key, sha256])).toEqual(
      first.objects.map(({ key, sha256 }) => [key, sha256]),
    );
  });
});

describe('a film with two languages, subtitles and chapters', () => {
  let plan: Plan;
  let job: Awaited<ReturnType<typeof runJob>>;
  beforeAll(async () => {
    const srt =
      '1\n00:00:01,000 --> 00:00:03,500\nHello <i>you</i>\n\n2\n00:00:19,000 --> 00:00:25,000\nOver the end\n';
    const ass =
      '[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name\nStyle: Default\n\n[Events]\n' +
      'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n' +
      'Dialogue: 0,0:00:02.00,0:00:04.00,Default,,0,0,0,,{\\an8}A sign\n';
    const meta =
      ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=9000\ntitle=Opening\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=9000\nEND=21000\ntitle=Part A\n';
    await Promise.all([
      writeFile(join(rig.folder, 's.srt'), srt),
      writeFile(join(rig.folder, 's.ass'), ass),
      writeFile(join(rig.folder, 'm.txt'), meta),
    ]);
    const at = (name: string) => join(rig.folder, name);
    const bytes = await clip(rig.folder, 'rich.mkv', {
      seconds: 21,
      more: [
        ['-f', 'lavfi', '-i', 'sine=frequency=880:duration=21', '-i', at('s.srt'), '-i', at('s.ass')],
        ['-i', at('m.txt'), '-map_metadata', '5', '-map_chapters', '5'],
        ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-map', '4:s'],
        ['-c:s:0', 'srt', '-c:s:1', 'ass', '-disposition:a:0', 'default'],
        ['-metadata:s:a:0', 'language=jpn', '-metadata:s:a:1', 'language=eng'],
        ['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=ger'],
        ['-metadata:s:s:1', 'title=Signs'],
      ].flat(),
    });
    await rig.upload('sources/rich 🎌 ../film', bytes);
    plan = recut(await probeSource(rig, 'sources/rich 🎌 ../film'), 2);
    job = await runJob(rig, 'sources/rich 🎌 ../film', plan);
  });

  it('keeps tracks, roles, names and chapters', () => {
    const { package: pack } = job.package;
    expect(v.is(Package, pack)).toBe(true);
    expect(v.is(TaskResult, job.package)).toBe(true);
    expect(pack.audio.map(({ id, role, name, default: isDefault }) => [id, role, name, isDefault])).toEqual([
      ['a0-ja', 'main', 'Japanese', true],
      ['a1-en', 'dub', 'English', false],
    ]);
    expect(pack.subtitles.map(({ id, role, name }) => [id, role, name])).toEqual([
      ['s0-en', 'full', 'English'],
      ['s1-de', 'signs', 'Signs'],
    ]);
    expect(pack.chapters).toEqual([
      { start: 0, end: expect.closeTo(9, 1), title: 'Opening' },
      { start: expect.closeTo(9, 1), end: expect.closeTo(21, 1), title: 'Part A' },
    ]);
    expect(pack.duration).toBe(21);
    for (const track of pack.audio) {
      const seconds = track.segments.reduce((sum, segment) => sum + segment.duration, 0);
      expect(Math.abs(seconds - 1024 / 48_000 - 21)).toBeLessThanOrEqual(1024 / 48_000);
    }
  });

  it('has every check of the certificate, and each holds', () => {
    expect(job.package.certificate.checks.map(({ name, holds }) => [name, holds])).toEqual(
      [
        'objects',
        'readable',
        'segments',
        'init',
        'boundaries',
        'key-frames',
        'decode-times',
        'sync',
        'durations',
        'codecs',
        'bandwidth',
        'playlists',
        'decode',
        'loudness',
        'subtitles',
        'trick-play',
        'files',
        'storyboard',
      ].map((name) => [name, true]),
    );
  });

  it('plays, with sound, from the static playlists in a player that only knows where keys are', async () => {
    const keys = keysOf(plan.periods);
    const server = createServer((request, response) => {
      const path = (request.url ?? '/').slice(1);
      const period = /^key\/(\d+)$/.exec(path)?.[1];
      if (period !== undefined) response.end(Buffer.from(keys[period] ?? '', 'base64url'));
      else
        void rig.store.get(OUTPUT + path, { signal: never }).then(
          (bytes) => response.end(bytes),
          () => response.writeHead(404).end(),
        );
    });
    const origin = await listen(server);
    try {
      const out = join(rig.folder, 'played.mkv');
      const picks = ['-map', '0:v:0', '-map', '0:a:0', '-map', '0:a:1'];
      await ffmpeg('-allowed_extensions', 'ALL', '-i', `${origin}/master.m3u8`, ...picks, '-c', 'copy', out);
      const streams = await ffprobe(
        '-count_packets',
        '-show_entries',
        'stream=codec_name,nb_read_packets',
        out,
      );
      expect(streams).toEqual(['h264|504', 'aac|986', 'aac|986']);
    } finally {
      await shut(server);
    }
  });

  it('puts subtitles on the media timeline, one sealed segment a key period', async () => {
    const sealed = await rig.store.get(`${OUTPUT}s0-en/0.vtt`, { signal: never });
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('WEBVTT');
    const text = (rendition: string) =>
      rig.store
        .get(`${OUTPUT}${rendition}/0.vtt`, { signal: never })
        .then((bytes) => Buffer.from(decryptSegment(bytes, keyOf(keysOf(1), 0), 0)).toString('utf8'));
    expect(await text('s0-en')).toBe(
      'WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:90000\n\n' +
        '00:00:01.000 --> 00:00:03.500\nHello <i>you</i>\n\n' +
        '00:00:19.000 --> 00:00:21.000\nOver the end\n',
    );
    expect(await text('s1-de')).toContain('00:00:02.000 --> 00:00:04.000 line:0\nA sign\n');
  });

  it('stores media for ever and playlists for a minute, and leaves no scratch', async () => {
    const headers = async (key: string) => {
      const answer = await fetch(await rig.store.address(OUTPUT + key, 60));
      await answer.body?.cancel();
      return [answer.headers.get('content-type'), answer.headers.get('cache-control')];
    };
    expect(await headers('v180/0.m4s')).toEqual(['video/mp4', 'public, max-age=31536000, immutable']);
    expect(await headers('a0-ja/0.m4s')).toEqual(['audio/mp4', 'public, max-age=31536000, immutable']);
    expect(await headers('master.m3u8')).toEqual(['application/vnd.apple.mpegurl', 'public, max-age=60']);
    expect(await readdir(rig.config.work.scratch)).toEqual([]);
  });
});

describe('odd films', () => {
  it('without sound get a silent track', async () => {
    await rig.upload('sources/mute', await clip(rig.folder, 'mute.mp4', { more: ['-map', '0:v'] }));
    const plan = await probeSource(rig, 'sources/mute');
    expect(plan.source.notes).toEqual([expect.stringContaining('no sound')]);
    const job = await runJob(rig, 'sources/mute', plan);
    expect(job.package.certificate.holds).toBe(true);
    expect(job.package.package.audio).toMatchObject([{ id: 'a0-und', codec: 'mp4a.40.2', default: true }]);
  });

  it.each([
    { what: 'starts late and ends early', tone: 'sine=duration=2', args: ['-itsoffset', '1'] },
    { what: 'outlasts the picture', tone: 'sine=duration=9', args: [] },
  ])('whose sound $what are as long as their picture', async ({ tone, args }) => {
    const path = join(rig.folder, 'uneven.mkv');
    const picture = 'testsrc2=size=128x72:rate=24:duration=5';
    await ffmpeg(
      ['-f', 'lavfi', '-i', picture, ...args, '-f', 'lavfi', '-i', tone, '-map', '0:v', '-map', '1:a'],
      ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', path],
    );
    await rig.upload('sources/uneven', await readFile(path));
    const plan = await probeSource(rig, 'sources/uneven');
    expect(plan.frames).toBe(120);
    expect((await runJob(rig, 'sources/uneven', plan)).package.certificate.holds).toBe(true);
  });

  it.each([
    { name: 'one.mp4', seconds: 1 / 24, frames: 1 },
    { name: 'short.mp4', seconds: 0.5, frames: 12 },
    // FFmpeg's own AVI begins with an empty place, in which the first picture is held.
    { name: 'old.avi', seconds: 5, frames: 121, video: ['-bf', '0'] },
  ])('$name', async ({ name, frames, ...how }) => {
    await rig.upload('sources/odd', await clip(rig.folder, name, how));
    const plan = await probeSource(rig, 'sources/odd');
    expect(plan.frames).toBe(frames);
    const { package: made } = await runJob(rig, 'sources/odd', plan);
    expect(made.certificate.holds).toBe(true);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Plan } from '../../schema/jobs/plan.ts';
import type { Change, PackageResult } from '../../schema/jobs/task.ts';
import { Package } from '../../schema/package.ts';
import { decryptSegment, keyOf } from '../plan/encryption.ts';
import { joined, pictureTimes, toneOf, written } from '../testing/inspect.ts';
import { clip, ffmpeg } from '../testing/media.ts';
import { keysOf, makeRig, message, probeSource, runJob, save, type Rig } from '../testing/rig.ts';

const never = new AbortController().signal;
const OUTPUT = 'hls/film/season-1/ep-1/v1/';
const SECONDS = 7;
let rig: Rig;
let plan: Plan;
let first: PackageResult;

type Addition = NonNullable<Change['add']>;
type AudioAddition = Extract<Addition, { kind: 'audio' }>;
const dub = (language: string, role: AudioAddition['role'] = 'dub'): AudioAddition => ({
  kind: 'audio',
  language,
  role,
  name: null,
  delay: 0,
});

beforeAll(async () => {
  rig = await makeRig({ CHUNK_SECONDS: '4' });
  const srt = await save(rig, 's.srt', '1\n00:00:01,000 --> 00:00:03,500\nHello\n');
  const bytes = await clip(rig.folder, 'film.mkv', {
    seconds: SECONDS,
    more: [
      ['-f', 'lavfi', '-i', `sine=frequency=880:duration=${SECONDS}`, '-i', srt],
      ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-c:s', 'srt'],
      [
        '-metadata:s:a:0',
        'language=jpn',
        '-metadata:s:a:1',
        'language=eng',
        '-metadata:s:s:0',
        'language=eng',
      ],
      ['-disposition:a:0', 'default'],
    ].flat(),
  });
  await rig.upload('sources/film', bytes);
  plan = await probeSource(rig, 'sources/film');
  first = (await runJob(rig, 'sources/film', plan, OUTPUT)).package;
});
afterAll(() => rig.close());

/** A file made by FFmpeg, uploaded. */
async function track(name: string, ...args: string[][]): Promise<string> {
  const path = join(rig.folder, name);
  await ffmpeg(...args, path);
  await rig.upload(`sources/${name}`, await readFile(path));
  return `sources/${name}`;
}
const tone = (hertz: number, seconds = SECONDS) => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=${hertz}:duration=${seconds}`,
];

async function additions(source: string, change: Change): Promise<Plan> {
  const result = await rig.perform(message({ kind: 'probe', amend: { plan, change } }, { source }));
  if (result.kind !== 'probe') throw new Error('not a probe result');
  return v.parse(Plan, result.plan);
}
const refused = (source: string, add: Addition) =>
  additions(source, { number: 2, add, remove: [] }).then(
    () => 'taken',
    (error: unknown) => error,
  );
const unusable = (words: RegExp) =>
  expect.objectContaining({
    code: 'track-unusable',
    retryable: false,
    message: expect.stringMatching(words),
  });

/** Probe, encode, package: `base` with a change. */
async function amended(base: Package, source: string, change: Change): Promise<PackageResult> {
  const added = await additions(source, change);
  return (await runJob(rig, source, added, OUTPUT, { amend: { base, change } })).package;
}
const ids = (renditions: readonly { id: string }[]) => renditions.map(({ id }) => id);
const stored = async () => {
  const keys: string[] = [];
  for await (const page of rig.store.list(OUTPUT, { signal: never })) keys.push(...page);
  return keys.map((key) => key.slice(OUTPUT.length));
};

describe('a finished asset', () => {
  it('gets a dub, another in the place of one, and loses subtitles, while its pictures are not so much as read', async () => {
    // Nobody could read these: they are not there any more. They come back when all is done.
    const kept = (await stored()).filter((key) => /^v180\/\d/.test(key));
    const bytes = await Promise.all(kept.map((key) => rig.store.get(OUTPUT + key, { signal: never })));
    await rig.store.remove(
      kept.map((key) => OUTPUT + key),
      { signal: never },
    );

    const french = await track('fr.m4a', tone(1320), ['-c:a', 'aac']);
    const one = await amended(first.package, french, { number: 2, add: dub('fr'), remove: [] });
    expect(v.is(Package, one.package)).toBe(true);
    expect(one.package.revision).toBe(2);
    expect(ids(one.package.audio)).toEqual(['a0-ja', 'a1-en', 'r2-a0-fr']);
    expect(one.package.audio[2]).toMatchObject({ name: 'French', role: 'dub', default: false });
    expect(one.certificate.checks.find(({ name }) => name === 'carried')).toMatchObject({
      holds: true,
      detail: 'verified for revision 1 and kept as they are: v180, a0-ja, a1-en, s0-en',
    });

    // A film that holds the new dub: its own first picture is the time zero.
    const film = await track(
      'english.mkv',
      ['-itsoffset', '2.5', '-f', 'lavfi', '-i', `testsrc2=size=64x36:rate=24:duration=${SECONDS}`],
      ['-itsoffset', '2.5', ...tone(1760), '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'flac'],
    );
    const change = { number: 3, add: dub('ja', 'main'), remove: ['a0-ja', 's0-en'] };
    const two = await amended(one.package, film, change);
    expect(two.package).toMatchObject({ revision: 3, subtitles: [], video: first.package.video });
    expect(two.package.audio.map((sound) => [sound.id, sound.default])).toEqual([
      ['a1-en', false],
      ['r2-a0-fr', false],
      ['r3-a0-ja', true],
    ]);
    const master = Buffer.from(await rig.store.get(`${OUTPUT}master.m3u8`, { signal: never })).toString();
    expect(master).toContain('URI="r3-a0-ja/index.m3u8"');
    expect(master).not.toMatch(/"a0-ja|s0-en/);
    const inStore: unknown = JSON.parse(
      Buffer.from(await rig.store.get(`${OUTPUT}package.json`, { signal: never })).toString(),
    );
    expect(inStore).toEqual(two.package);

    for (const [i, key] of kept.entries()) await rig.upload(OUTPUT + key, bytes[i]!);
    const sounds = await Promise.all([
      toneOf(rig, one.package.audio, 'r2-a0-fr'),
      toneOf(rig, two.package.audio, 'r3-a0-ja'),
      toneOf(rig, two.package.audio, 'a1-en'),
    ]);
    expect(sounds).toEqual([1320, 1760, 880]);
  });

  it('gets subtitles from a file, moved by the delay', async () => {
    await rig.upload('sources/fr.srt', '1\n00:00:01,000 --> 00:00:02,000\nBonjour\n');
    const add: Addition = { kind: 'subtitles', language: 'fr', role: 'full', name: 'Français', delay: 0.5 };
    const { package: pack, certificate } = await amended(first.package, 'sources/fr.srt', {
      number: 4,
      add,
      remove: [],
    });
    expect(certificate.holds).toBe(true);
    expect(pack.subtitles.map(({ id, name }) => [id, name])).toEqual([
      ['s0-en', 'English'],
      ['r4-s0-fr', 'Français'],
    ]);
    const sealed = await rig.store.get(`${OUTPUT}r4-s0-fr/0.vtt`, { signal: never });
    const text = Buffer.from(decryptSegment(sealed, keyOf(keysOf(1), 0), 0)).toString('utf8');
    expect(text).toMatch(/00:00:01\.500 --> 00:00:02\.500[^\n]*\nBonjour/);
  });

  it('gets a second ladder in AV1, beside the first', async () => {
    const change: Change = { number: 5, add: { kind: 'av1' }, remove: [] };
    const { package: pack, certificate } = await amended(first.package, 'sources/film', change);
    expect(certificate.holds).toBe(true);
    expect(ids(pack.video)).toEqual(['v180', 'r5-v180-av1low', 'r5-v180-av1']);
    expect(pack.video[2]!.codec).toMatch(/^av01\.0\.\d{2}M\.10$/);
    expect(await pictureTimes(await joined(rig, written(pack.video[2]!), 'r5-v180-av1'))).toHaveLength(
      plan.frames,
    );
    const master = Buffer.from(await rig.store.get(`${OUTPUT}master.m3u8`, { signal: never })).toString();
    expect(master).toMatch(/SCORE=1,CODECS="avc1[^]*SCORE=2,CODECS="av01[^]*SCORE=3,CODECS="av01/);
  });

  it('loses a track without a file', async () => {
    const change: Change = { number: 6, add: null, remove: ['a0-ja'] };
    const { package: pack } = await amended(first.package, 'sources/film', change);
    expect(pack.audio.map((sound) => [sound.id, sound.default])).toEqual([['a1-en', true]]);
  });

  it('is not left without sound', async () => {
    const change: Change = { number: 7, add: null, remove: ['a0-ja', 'a1-en'] };
    await expect(amended(first.package, 'sources/film', change)).rejects.toMatchObject({
      code: 'verification-failed',
      message: expect.stringContaining('no audio track is left'),
    });
  });
});

describe('a file that is to become a track', () => {
  it.each([
    ['mp3', ['-c:a', 'libmp3lame']],
    ['flac', []],
    ['wav', []],
    ['opus', ['-c:a', 'libopus']],
    ['ac3', []],
    ['mka', ['-c:a', 'libvorbis']],
  ])('may be %s', async (extension, args) => {
    const source = await track(`any.${extension}`, tone(440), args);
    const added = await additions(source, { number: 2, add: dub('de'), remove: [] });
    expect(added.audio).toMatchObject([{ id: 'r2-a0-de', stream: 0, channels: 2, name: 'German' }]);
    expect(added).toMatchObject({ rungs: [], subtitles: [], grid: plan.grid, frames: plan.frames });
  });

  it('brings its 5.1 along, in the language that was asked for', async () => {
    const two = ['-map', '0:a', '-map', '1:a', '-filter:a:1', 'pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0'];
    const named = ['-metadata:s:a:0', 'language=ger', '-metadata:s:a:1', 'language=fre', '-c:a', 'ac3'];
    const source = await track('two.mka', tone(440), tone(660), two, named);
    const { audio } = await additions(source, { number: 2, add: dub('fr'), remove: [] });
    expect(audio.map(({ id, stream, channels }) => [id, stream, channels])).toEqual([
      ['r2-a0-fr', 1, 2],
      ['r2-a0-fr-51', 1, 6],
    ]);
  });

  it('may last a little longer or shorter, which is said, but not be of another film', async () => {
    const short = await track('short.flac', tone(440, 4.5));
    const { source } = await additions(short, { number: 2, add: dub('de'), remove: [] });
    expect(source.notes).toEqual([expect.stringContaining('lasts 4.5 s, the episode 7.0 s')]);
    expect(await refused(await track('tiny.flac', tone(440, 2)), dub('de'))).toEqual(
      unusable(/lasts 2\.0 s/),
    );
    expect(await refused(await track('long.flac', tone(440, 16)), dub('de'))).toEqual(unusable(/whole/));
  });

  it('must hold a track of that kind', async () => {
    const mute = await track('mute.mkv', [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=64x36:rate=24:duration=7',
      '-c:v',
      'libx264',
    ]);
    expect(await refused(mute, dub('de'))).toEqual(unusable(/no audio track/));
    await save(rig, 'twelve.pcm', Buffer.alloc(12 * 2 * 48_000 * SECONDS));
    const discrete = await track(
      'twelve.mka',
      ['-f', 's16le', '-ar', '48000', '-ac', '12'],
      ['-i', join(rig.folder, 'twelve.pcm'), '-c:a', 'pcm_s16le'],
    );
    expect(await refused(discrete, dub('de'))).toEqual(unusable(/12 channels/));
    const words: Addition = { kind: 'subtitles', language: 'de', role: 'full', name: null, delay: 0 };
    expect(await refused(mute, words)).toEqual(unusable(/no subtitles/));
    await rig.upload('sources/list', '#EXTM3U\nhttps://elsewhere.test/x.ts\n');
    expect(await refused('sources/list', dub('de'))).toEqual(unusable(/an HLS playlist/));
    await rig.upload('sources/noise', Buffer.alloc(4000, 7));
    expect(await refused('sources/noise', dub('de'))).toEqual(unusable(/No track could be found/));
  });
});

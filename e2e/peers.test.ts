import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium as engine, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium } from '../ops/check/browser.ts';
import type { Plan } from '../schema/jobs/plan.ts';
import { defaultSettings } from '../schema/jobs/settings.ts';
import { clip, ffprobe } from '../transcoder/testing/media.ts';
import { makeRig, runJob, save, surveySource, type Rig } from '../transcoder/testing/rig.ts';
import { serve, type PlayerName } from './peers/serve.ts';

// An asset as it lies in the store, in players that know nothing of this platform.

const run = promisify(execFile);
const SECONDS = 24;
const sealed = 'hls/film/season-1/ep-1/v1/';
const clear = 'hls/film/season-1/ep-1/v2/';
const languages = ['ja', 'en'];
const tones = { ja: 440, en: 880 } as const;

let rig: Rig;
let plan: Plan;
let site: Awaited<ReturnType<typeof serve>>;
let browser: Browser;

beforeAll(async () => {
  rig = await makeRig({ CHUNK_SECONDS: '6' });
  const srt = await save(rig, 's.srt', '1\n00:00:01,000 --> 00:00:20,500\nHello from the middle\n');
  const film = await clip(rig.folder, 'film.mkv', {
    seconds: SECONDS,
    size: '854x480',
    more: [
      ['-f', 'lavfi', '-i', `sine=frequency=${tones.en}:duration=${SECONDS}`, '-i', srt],
      ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-c:s', 'srt'],
      ['-metadata:s:a:0', 'language=jpn', '-metadata:s:a:1', 'language=eng'],
      ['-metadata:s:s:0', 'language=eng', '-disposition:a:0', 'default', '-ac:a:0', '6'],
    ].flat(),
  });
  await rig.upload('sources/film', film);
  const all = { ...defaultSettings, ladder: 'all' as const };
  ({ plan } = await surveySource(rig, 'sources/film', all));
  await runJob(rig, 'sources/film', plan, sealed);
  const open = { ...plan, settings: { ...all, encryption: 'none' as const } };
  await runJob(rig, 'sources/film', open, clear);
  site = await serve(rig);
  browser = await engine.launch({
    executablePath: (await chromium()) ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await rig?.close();
});

/** What page.js offers. */
type Peer = {
  load(player: PlayerName, address: string): Promise<void>;
  problems(): string[];
  audio(): string[];
  texts(): string[];
  rungs(): number[];
  hears(hertz: number): Promise<void>;
  hear(language: string, hertz: number): Promise<void>;
  read(language: string, words: string): Promise<void>;
  rung(height: number): Promise<void>;
  seek(seconds: number): Promise<number>;
  lines(): number;
  duration(): number;
};
/** Calls the page's player by name. */
function peerOf(page: Page) {
  return <K extends keyof Peer>(
    word: K,
    ...args: Parameters<Peer[K]>
  ): Promise<Awaited<ReturnType<Peer[K]>>> =>
    page.evaluate(
      ([name, given]) => {
        const { peer } = globalThis as unknown as { peer: Record<string, (...all: unknown[]) => unknown> };
        return peer[name]!(...given);
      },
      [word, args] as [string, unknown[]],
    ) as Promise<Awaited<ReturnType<Peer[K]>>>;
}
async function open(player: PlayerName, output: string) {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/player/${player}`);
  const peer = peerOf(page);
  await peer('load', player, `${site.origin}/${output}master.m3u8`);
  return { peer, page };
}

describe.each([
  ['hls.js', 'encrypted', sealed],
  ['shaka-player', 'encrypted', sealed],
  ['video.js', 'encrypted', sealed],
  ['hls.js', 'clear', clear],
] as const)('%s, %s', (player, _, output) => {
  test('plays pictures, both dubs and subtitles, seeks, and changes the rung', async () => {
    const { peer, page } = await open(player, output);
    expect(new Set(await peer('audio'))).toEqual(new Set(languages));
    expect(await peer('texts')).toEqual(['en']);
    expect(new Set(await peer('rungs'))).toEqual(new Set(plan.rungs.map(({ height }) => height)));
    expect(await peer('duration')).toBeCloseTo(SECONDS, 0);
    await peer('hears', tones.ja);
    await peer('read', 'en', 'Hello from the middle');
    // Told to go back to a lower rung, video.js waits for what it has buffered.
    const rungs = player === 'video.js' ? plan.rungs.slice(-1) : plan.rungs.toReversed();
    for (const { height } of rungs) {
      await peer('rung', height);
      expect(await peer('seek', 2)).toBeGreaterThan(5);
    }
    await peer('hear', 'en', tones.en);
    expect(await peer('seek', 15)).toBeGreaterThan(5);
    await peer('hear', 'ja', tones.ja);
    expect(await peer('problems')).toEqual([]);
    await page.close();
  }, 120_000);
});

test('Chromium itself plays what is clear: pictures, sound, seeking', async () => {
  const { peer, page } = await open('native', clear);
  expect(plan.rungs.map(({ height }) => height)).toContain(await peer('lines'));
  expect(await peer('duration')).toBeCloseTo(SECONDS, 0);
  await peer('hears', tones.ja);
  expect(await peer('seek', 8)).toBeGreaterThan(5);
  await page.close();
});

test.each([
  ['encrypted', sealed],
  ['clear', clear],
])(
  'FFmpeg finds every rung and dub of what is %s, and decodes every picture without a complaint',
  async (_, output) => {
    const address = `${site.origin}/${output}master.m3u8`;
    const entries = 'stream=index,codec_type,height,nb_read_frames:stream_tags=language';
    const lines = await ffprobe(
      '-allowed_extensions',
      'ALL',
      '-count_frames',
      '-show_entries',
      entries,
      address,
    );
    // ffprobe lists a stream once more for each variant that it is of.
    const streams = [...new Map(lines.map((line) => [line.split('|')[0], line.split('|')])).values()];
    const video = streams.filter(([, type]) => type === 'video');
    // Each rung twice: with the stereo group and with the surround one.
    expect(video.map(([, , height, frames]) => [Number(height), Number(frames)])).toEqual(
      [...plan.rungs, ...plan.rungs].map(({ height }) => [height, plan.frames]),
    );
    const sounds = streams.filter(([, type]) => type === 'audio').map((fields) => fields.at(-1));
    expect(new Set(sounds)).toEqual(new Set(languages));
    const all = ['-map', '0:v', '-map', '0:a', '-f', 'null', '-'];
    const { stderr } = await run('ffmpeg', [
      '-v',
      'error',
      '-xerror',
      '-allowed_extensions',
      'ALL',
      '-i',
      address,
      ...all,
    ]);
    expect(stderr).toBe('');
  },
);

const mpv = await run('mpv', ['--version']).then(
  () => true,
  () => false,
);
// From the start: FFmpeg before 7.1, and mpv with it, cannot seek in any HLS of fragmented MP4 (mpv-player/mpv#15184).
test.skipIf(!mpv)('mpv lists both dubs, and plays either to its end', async () => {
  for (const language of languages) {
    const quiet = [
      '--no-config',
      '--vo=null',
      '--ao=null',
      '--ao-null-untimed',
      '--untimed',
      `--alang=${language}`,
    ];
    const { stdout } = await run('mpv', [...quiet, `${site.origin}/${sealed}master.m3u8`], {
      timeout: 50_000,
    });
    expect(stdout).toMatch(new RegExp(`\\(\\+\\) Audio --aid=\\d+ --alang=${language}`));
    for (const other of languages) expect(stdout).toMatch(new RegExp(`Audio --aid=\\d+ --alang=${other}`));
    expect(stdout).toContain('Exiting... (End of file)');
  }
});

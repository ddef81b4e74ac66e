import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { ffmpeg, ffprobe, film, timeOf } from './films.ts';
import { filmEpisode, play } from './system.ts';

// Players that are no browsers and set no headers: the address of the playlist is all they get.
const run = promisify(execFile);
const Stream = v.object({
  index: v.number(),
  codec_type: v.string(),
  height: v.optional(v.number()),
  nb_read_frames: v.optional(v.string()),
  tags: v.optional(v.object({ language: v.optional(v.string()) })),
});
const Packet = v.object({ stream_index: v.number(), pts_time: v.pipe(v.string(), v.toNumber()) });
const Probed = v.object({
  streams: v.array(Stream),
  packets: v.array(Packet),
  format: v.object({ duration: v.pipe(v.string(), v.toNumber()) }),
});

let masterUrl: string;
let probed: v.InferOutput<typeof Probed>;
const streams = (type: string) => probed.streams.filter(({ codec_type }) => codec_type === type);
/** When its pictures or sounds are presented, in order. */
const times = (index: number) =>
  probed.packets
    .filter(({ stream_index }) => stream_index === index)
    .map(({ pts_time }) => pts_time)
    .sort((a, b) => a - b);

beforeAll(async () => {
  ({ masterUrl } = await play(await filmEpisode()));
  const what =
    'format=duration:packet=stream_index,pts_time:stream=index,codec_type,height,nb_read_frames:stream_tags=language';
  const text = await ffprobe(
    '-count_frames',
    '-show_entries',
    what,
    '-show_packets',
    '-of',
    'json',
    masterUrl,
  );
  probed = v.parse(Probed, JSON.parse(text));
}, 240_000);

test('every rung has every frame of the source, and every dub is there', () => {
  const rungs = streams('video').map(({ height, nb_read_frames }) => [height, Number(nb_read_frames)]);
  expect(rungs).toEqual(film.heights.map((height) => [height, film.frames]));
  expect(new Set(streams('audio').map(({ tags }) => tags?.language))).toEqual(new Set(['ja', 'en']));
});

test('no frame is late, early or there twice, across chunks and key periods', () => {
  for (const { index } of streams('video')) {
    const shown = times(index);
    const off = shown.filter((time, i) => Math.abs(time - shown[0]! - timeOf(i)) > 0.001);
    expect(off).toEqual([]);
  }
});

test('picture and sound begin within one AAC frame of each other', () => {
  const starts = [...streams('video'), ...streams('audio')].map(({ index }) => times(index)[0]!);
  expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(1024 / 48_000 + 0.0005);
});

test('it lasts as long as the source', () => {
  expect(probed.format.duration).toBeCloseTo(film.seconds, 1);
});

test('FFmpeg decodes all of it without a complaint', async () => {
  const { stderr } = await ffmpeg(
    '-xerror',
    '-i',
    masterUrl,
    '-map',
    '0:v:0',
    '-map',
    '0:a',
    '-f',
    'null',
    '-',
  );
  expect(stderr).toBe('');
});

const mpv = await run('mpv', ['--version']).then(
  () => true,
  () => false,
);
// From the start: FFmpeg before 7.1, and mpv with it, cannot seek in any HLS of fragmented MP4 (mpv-player/mpv#15184).
test.skipIf(!mpv)('mpv plays it to its end, picture and sound', async () => {
  const quiet = [
    '--no-config',
    '--vo=null',
    '--ao=null',
    '--ao-null-untimed',
    '--untimed',
    '--term-status-msg=',
  ];
  const facts = '--term-playing-msg=${height} lines, ${audio-params/samplerate} Hz, ${duration} long';
  const { stdout } = await run('mpv', [...quiet, facts, masterUrl], { timeout: 50_000 });
  expect(stdout).toMatch(/^(360|480) lines, 48000 Hz, 00:01:3[23] long$/m);
  expect(stdout).toContain('Exiting... (End of file)');
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrameRate } from '../../schema/ladder.ts';
import { readNumbers } from '../testing/inspect.ts';
import { makeRig, type Rig } from '../testing/rig.ts';
import { intoEpisode, makeSource, numberedInputs } from '../testing/source-job.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '3', '-g', '40'];
const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:pools=1:bframes=3'];
const vp9 = [
  '-c:v',
  'libvpx-vp9',
  '-deadline',
  'realtime',
  '-cpu-used',
  '8',
  '-b:v',
  '1M',
  '-auto-alt-ref',
  '1',
];
const av1 = ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '20', '-svtav1-params', 'lp=1'];
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2', '-g', '15'];
const opus = ['-c:a', 'libopus'];
const ten = (format = 'yuv420p10le') => ['-pix_fmt', format];

type Format = { rate: string; video: string[]; audio?: string[]; frames: number; bits?: number };
const formats: [string, Format][] = [
  ['h264.mp4', { rate: '24', video: x264, frames: 72 }],
  ['hevc-10.mp4', { rate: '24000/1001', video: [...x265, ...ten()], frames: 72, bits: 10 }],
  ['av1.mp4', { rate: '25', video: av1, frames: 75 }],
  ['h264-10.mkv', { rate: '24000/1001', video: [...x264, ...ten()], frames: 72, bits: 10 }],
  ['hevc.mkv', { rate: '50', video: x265, audio: ['-c:a', 'flac'], frames: 150 }],
  ['av1-10.mkv', { rate: '24', video: [...av1, ...ten()], audio: opus, frames: 72, bits: 10 }],
  ['mpeg2.mkv', { rate: '30000/1001', video: mpeg2, audio: ['-c:a', 'ac3'], frames: 90 }],
  [
    'prores.mov',
    { rate: '25', video: ['-c:v', 'prores_ks'], audio: ['-c:a', 'pcm_s24le'], frames: 75, bits: 10 },
  ],
  ['h264.mov', { rate: '60', video: x264, frames: 180 }],
  ['vp9.webm', { rate: '30', video: vp9, audio: opus, frames: 90 }],
  ['vp9-10.webm', { rate: '24', video: [...vp9, ...ten()], audio: opus, frames: 72, bits: 10 }],
  ['av1.webm', { rate: '60000/1001', video: av1, audio: opus, frames: 180 }],
  ['h264.ts', { rate: '30000/1001', video: x264, frames: 90 }],
  ['mpeg2.ts', { rate: '25', video: mpeg2, audio: ['-c:a', 'mp2'], frames: 75 }],
  ['hevc.ts', { rate: '50', video: x265, audio: ['-c:a', 'ac3'], frames: 150 }],
  [
    'mpeg4.avi',
    {
      rate: '25',
      video: ['-c:v', 'mpeg4', '-q:v', '2', '-bf', '2'],
      audio: ['-c:a', 'pcm_s16le'],
      frames: 75,
    },
  ],
  ['h264.avi', { rate: '24', video: x264, audio: ['-c:a', 'mp3'], frames: 72 }],
  [
    'prores.mkv',
    {
      rate: '24000/1001',
      video: ['-c:v', 'prores_ks', '-profile:v', '4', ...ten('yuv444p10le')],
      frames: 72,
      bits: 12,
    },
  ],
];

describe('containers, codecs, depths and rates', () => {
  it.each(formats)('%s', async (name, { rate, video, audio = ['-c:a', 'aac'], frames, bits = 8 }) => {
    const key = await makeSource(rig, name, numberedInputs(rate), video, audio);
    const episode = await intoEpisode(rig, key);
    const [num = 0, den = 1] = rate.split('/').map(Number);
    expect(episode.plan.frameRate).toEqual([num, den] satisfies FrameRate);
    expect(episode.plan.frames).toBe(frames);
    expect(episode).toMatchObject({ certified: true, headStands: true, quick: { exact: false } });
    expect(episode.plan.chunks).toHaveLength(2);
    expect(await readNumbers(episode.video)).toEqual(Array.from({ length: frames }, (_, i) => i));
    const notes = bits === 8 ? [] : [`The source has ${bits} bits a sample; H.264 renditions have 8.`];
    expect(episode.plan.source.notes).toEqual(notes);
  });
});

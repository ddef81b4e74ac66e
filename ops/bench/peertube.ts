import { join } from 'node:path';
import { ffprobe } from '../../transcoder/testing/media.ts';
import { timed } from './process.ts';

/*
 * What PeerTube runs, by its own sources (packages/ffmpeg/src/ffmpeg-vod.ts and ffmpeg-default-transcoding-profile.ts): x264
 * veryfast with its default CRF under a cap, 16 B-frames, a key frame each 2 s, HLS of 4 s. Without its Node, database and queue, so
 * what it is compared with has the harder side.
 */
export const PEERTUBE_RUNGS = [
  { height: 1080, maxrate: 4_500_000 },
  { height: 720, maxrate: 2_300_000 },
  { height: 480, maxrate: 1_100_000 },
  { height: 360, maxrate: 700_000 },
] as const;
type Step = (typeof PEERTUBE_RUNGS)[number];

/** @param threads 0: as many as there are cores; 1: as it ships */
const encode = ({ height, maxrate }: Step, threads: number): string[] => [
  '-threads',
  `${threads}`,
  '-vf',
  `scale=w=-2:h=${height}`,
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-maxrate',
  `${maxrate}`,
  '-bufsize',
  `${maxrate * 2}`,
  '-b_strategy',
  '1',
  '-bf',
  '16',
  '-r',
  '24',
  '-g',
  '48',
  '-pix_fmt',
  'yuv420p',
  '-map_metadata',
  '-1',
  '-max_muxing_queue_size',
  '1024',
];
const hls = (out: string): string[] => [
  '-hls_time',
  '4',
  '-hls_list_size',
  '0',
  '-hls_playlist_type',
  'vod',
  '-hls_segment_type',
  'fmp4',
  '-f',
  'hls',
  '-hls_flags',
  'single_file',
  out,
];

/** One rung as an MP4 file; CPU seconds. */
export const peertubeRung = (source: string, step: Step, out: string): Promise<number> =>
  timed('-i', source, encode(step, 0), '-an', out);

/** The whole of it, one process after another: full size, its copy as HLS, then each lower rung from the full-size file. */
export async function peertubeJob(source: string, folder: string, threads: number): Promise<void> {
  const [full, ...lower] = PEERTUBE_RUNGS;
  const optimised = join(folder, 'optimised.mp4');
  // As it does: AAC is kept, anything else encoded.
  const [codec] = await ffprobe('-select_streams', 'a:0', '-show_entries', 'stream=codec_name', source);
  await timed(
    '-threads',
    `${threads}`,
    '-i',
    source,
    encode(full, threads),
    '-c:a',
    codec === 'aac' ? 'copy' : 'aac',
    '-movflags',
    'faststart',
    optimised,
  );
  await timed('-i', optimised, '-c', 'copy', hls(join(folder, `${full.height}.m3u8`)));
  for (const step of lower)
    await timed(
      '-threads',
      `${threads}`,
      '-i',
      optimised,
      encode(step, threads),
      '-c:a',
      'copy',
      hls(join(folder, `${step.height}.m3u8`)),
    );
}

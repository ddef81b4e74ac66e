import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ImageType } from '../plan/pictures/quality.ts';
import type { FfmpegSettings } from './run.ts';

const run = promisify(execFile);

/** Which kinds of picture this FFmpeg can write. AVIF came with 5.1 and wants libaom; WebP wants libwebp; JPEG is always there. */
export async function imageTypes(settings: FfmpegSettings, signal: AbortSignal): Promise<Set<ImageType>> {
  const list = async (what: 'encoders' | 'muxers') => {
    const options = { signal, timeout: 30_000, maxBuffer: 2 ** 22 };
    const { stdout } = await run(
      settings.ffmpegPath ?? 'ffmpeg',
      ['-hide_banner', `-${what}`],
      options,
    ).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
    return new Set([...stdout.matchAll(/^ +\S+ +(\S+)/gm)].map(([, name]) => name));
  };
  const [encoders, muxers] = await Promise.all([list('encoders'), list('muxers')]);
  return new Set<ImageType>([
    ...(encoders.has('libaom-av1') && muxers.has('avif') ? (['image/avif'] as const) : []),
    ...(encoders.has('libwebp') && muxers.has('webp') ? (['image/webp'] as const) : []),
    'image/jpeg',
  ]);
}

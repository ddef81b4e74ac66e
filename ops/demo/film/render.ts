import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { createCanvas } from '@napi-rs/canvas';
import { FPS, HEIGHT, WIDTH, type Film } from './shot.ts';
import { RATE } from './sound/synth.ts';
import { mixes } from './sound/mix.ts';
import { faces, fontFile } from './fonts.ts';
import { ass, metadata, shotsOf, srt } from './timeline.ts';

/** Renders the film as a studio would hand it in: one Matroska file with both languages, subtitles and chapters. */
export async function renderFilm(
  film: Film,
  out: string,
  { width, height } = { width: WIDTH, height: HEIGHT },
): Promise<void> {
  // Beside the film, under a fixed name: whatever an interrupted run left is overwritten by the next.
  const folder = `${out}.work`;
  await mkdir(folder, { recursive: true });
  try {
    const { seconds } = shotsOf(film);
    const sound = mixes(film, seconds);
    const files = {
      ja: join(folder, 'ja.f32'),
      en: join(folder, 'en.f32'),
      ass: join(folder, 'en.ass'),
      srt: join(folder, 'ja.srt'),
      dialogue: join(folder, 'dialogue.ttf'),
      sign: join(folder, 'sign.ttf'),
      meta: join(folder, 'chapters.txt'),
    };
    await Promise.all([
      writeFile(files.ja, Buffer.from(sound.ja.buffer)),
      writeFile(files.en, Buffer.from(sound.en.buffer)),
      writeFile(files.ass, ass(film)),
      writeFile(files.srt, srt(film)),
      writeFile(files.dialogue, await fontFile(faces.dialogue)),
      writeFile(files.sign, await fontFile(faces.sign)),
      writeFile(files.meta, metadata(film)),
    ]);
    const part = join(folder, 'film.mkv');
    await encode(film, width, height, [...inputs(width, height, files), ...outputs, part]);
    await rename(part, out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Files = Record<'ja' | 'en' | 'ass' | 'srt' | 'meta' | keyof typeof faces, string>;
const inputs = (width: number, height: number, files: Files): string[] =>
  [
    ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'],
    ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-video_size', `${width}x${height}`],
    ['-framerate', `${FPS}`, '-i', 'pipe:0'],
    ['-f', 'f32le', '-ar', `${RATE}`, '-ac', '2', '-i', files.ja],
    ['-f', 'f32le', '-ar', `${RATE}`, '-ac', '2', '-i', files.en],
    ['-i', files.ass, '-i', files.srt, '-f', 'ffmetadata', '-i', files.meta],
    ['-attach', files.dialogue, '-attach', files.sign],
  ].flat();

const outputs = [
  ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-map', '4:s'],
  ['-map_metadata', '5', '-map_chapters', '5'],
  ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'],
  ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'animation', '-crf', '16', '-g', `${FPS * 4}`],
  ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
  ['-c:a', 'flac', '-sample_fmt', 's16', '-c:s', 'copy', '-metadata:s:v:0', 'language=jpn'],
  ['-metadata:s:a:0', 'language=jpn', '-metadata:s:a:0', 'title=日本語'],
  ['-metadata:s:a:1', 'language=eng', '-metadata:s:a:1', 'title=English dub'],
  ['-metadata:s:t', 'mimetype=font/ttf'],
  ['-metadata:s:s:0', 'language=eng', '-metadata:s:s:0', 'title=English'],
  ['-metadata:s:s:1', 'language=jpn', '-metadata:s:s:1', 'title=日本語'],
  ['-disposition:v:0', 'default', '-disposition:a:0', 'default', '-disposition:a:1', '0'],
  ['-disposition:s:0', 'default', '-disposition:s:1', '0'],
  // The same bytes from the same drawings: no dates, no random ids, no version strings.
  ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', '-f', 'matroska'],
].flat();

async function encode(film: Film, width: number, height: number, args: string[]): Promise<void> {
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['pipe', 'inherit', 'pipe'] });
  let said = '';
  ffmpeg.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2_000)));
  const ended = once(ffmpeg, 'close') as Promise<[number | null]>;
  // A pipe that closes early shows in the exit code, with the reason in `said`.
  ffmpeg.stdin.on('error', () => undefined);
  await Promise.race([drawAll(film, width, height, ffmpeg.stdin), ended]);
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`FFmpeg could not write the film (${code}): ${said.trim()}`);
}

/** Every frame in order. A drawing that stands for several frames is drawn once. */
async function drawAll(film: Film, width: number, height: number, to: Writable): Promise<void> {
  const canvas = createCanvas(width, height);
  const g = canvas.getContext('2d', { alpha: false });
  for (const { start, shot } of shotsOf(film).shots) {
    const draw = shot.set();
    const count = Math.round((start + shot.seconds) * FPS) - Math.round(start * FPS);
    const each = shot.on === 'still' ? count : (shot.on ?? 2);
    let frame: Buffer | undefined;
    for (let f = 0; f < count; f++) {
      if (f % each === 0) {
        g.setTransform(width / WIDTH, 0, 0, height / HEIGHT, 0, 0);
        g.globalAlpha = 1;
        draw(g, f / FPS);
        frame = canvas.data();
      }
      if (to.destroyed) return;
      if (!to.write(frame)) await once(to, 'drain');
    }
  }
}

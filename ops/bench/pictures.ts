import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Plan } from '../../schema/jobs/plan.ts';
import { readLooks } from '../../transcoder/tasks/pictures-looks.ts';
import { makeStoryboard } from '../../transcoder/tasks/pictures-storyboard.ts';
import { Studio } from '../../transcoder/tasks/pictures-studio.ts';
import { makeScratch } from '../../transcoder/scratch.ts';
import { ffmpeg } from '../../transcoder/testing/media.ts';
import { encode, makeRig, message, probeSource, type Rig } from '../../transcoder/testing/rig.ts';
import { drawFilm } from '../demo/film.ts';
import { against, bounded, median, shown, type Figure } from './figure.ts';
import { timed } from './process.ts';

const run = promisify(execFile);
const RUNS = 3;
/** Times that the film is repeated, so that what starting a program costs does not count. */
const LOOPS = 3;

/**
 * Film: the demo's first episode, as uploads are: 1080p at 24 frames/s, ten seconds from key frame to key frame. The storyboard is
 * compared with the usual command, which decodes all frames to keep one in five seconds: CPU seconds of FFmpeg, runs alternate,
 * medians. Stills: bytes of the whole task's files, and how near each is to the picture it was made of.
 */
export async function pictures(): Promise<Figure[]> {
  const rig = await makeRig();
  try {
    const film = join(rig.folder, 'film.mkv');
    const once = join(rig.folder, 'once.mp4');
    const upload = join(rig.folder, 'upload.mp4');
    await drawFilm(1, film);
    const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-g', '240', '-keyint_min', '24'];
    await ffmpeg('-i', film, '-map', '0:v', x264, once);
    await ffmpeg('-stream_loop', String(LOOPS - 1), '-i', once, '-c', 'copy', upload);
    await rig.upload('sources/upload', await readFile(upload));
    const plan = await probeSource(rig, 'sources/upload');
    return [await storyboard(rig, plan, upload), ...(await stills(rig, plan, upload))];
  } finally {
    await rig.close();
  }
}

async function storyboard(rig: Rig, plan: Plan, upload: string): Promise<Figure> {
  const ours: number[] = [];
  const usual: number[] = [];
  let tiles = 0;
  for (let i = 0; i < RUNS; i++) {
    const scratch = await makeScratch(rig.config.work.scratch);
    const task = message({ kind: 'pictures', plan }, { source: 'sources/upload' });
    const signal = new AbortController().signal;
    const studio = await Studio.open({
      message: task,
      spec: { kind: 'pictures', plan: { ...plan, audio: [] } },
      store: rig.store,
      settings: rig.config.work,
      scratch,
      signal,
      report: () => undefined,
      confirm: () => Promise.resolve(),
    });
    const { looks } = await readLooks(studio);
    tiles = (await makeStoryboard(studio, looks, new Set(['image/webp'])))?.tiles ?? 0;
    ours.push(studio.cpuSeconds);
    const filters = 'fps=1/5,scale=160:-2,tile=10x10';
    usual.push(
      await timed('-threads', '1', '-i', upload, '-an', '-vf', filters, join(scratch, 'sprite-%d.webp')),
    );
  }
  const baseline = { name: 'decoding everything', value: median(usual) };
  return against(
    { name: `a storyboard of ${tiles} tiles, CPU`, value: median(ours), unit: 's' },
    baseline,
    1 / 20,
  );
}

async function stills(rig: Rig, plan: Plan, film: string): Promise<Figure[]> {
  const { facts, cpuSeconds = 0 } = await encode(
    rig,
    message({ kind: 'pictures', plan }, { source: 'sources/upload' }),
  );
  if (facts?.of !== 'pictures') throw new Error('no facts of pictures');
  const bytes = { 'image/avif': 0, 'image/webp': 0, 'image/jpeg': 0 };
  let worst = 1;
  for (const { time, sizes } of facts.stills)
    for (const { files, width, height } of sizes)
      for (const { uri, type, bytes: size } of files) {
        bytes[type] += size;
        const still = join(rig.folder, uri.replace('/', '-'));
        await rig.store
          .get(`hls/film/season-1/ep-1/v1/${uri}`, { signal: new AbortController().signal })
          .then((content) => writeFile(still, content));
        worst = Math.min(
          worst,
          await similarity(film, time, still, { width, height, limited: type === 'image/webp' }),
        );
      }
  const baseline = { name: 'JPEG', value: bytes['image/jpeg'] };
  const all = `${facts.stills.length} stills in ${facts.stills[0]?.sizes.length ?? 0} sizes`;
  return [
    against({ name: `${all}, AVIF`, value: bytes['image/avif'], unit: 'B' }, baseline, 0.4),
    against({ name: `${all}, WebP`, value: bytes['image/webp'], unit: 'B' }, baseline, 1),
    bounded({ name: 'the least like its picture of them, 1 − SSIM', value: 1 - worst, unit: '' }, 0.03),
    shown({
      name: `the whole task, film of ${Math.round(plan.source.duration)} s, CPU`,
      value: cpuSeconds,
      unit: 's',
    }),
  ];
}

/** SSIM of a still and the source's picture at its time, scaled to its size. */
async function similarity(
  film: string,
  time: number,
  still: string,
  { width, height, limited }: { width: number; height: number; limited: boolean },
): Promise<number> {
  const whole = 'flags=lanczos+accurate_rnd';
  const samples = `scale=out_color_matrix=bt601:out_range=pc:${whole},format=yuv420p`;
  const graph =
    `[0:v]trim=end_frame=1,scale=in_color_matrix=bt709:${whole}+full_chroma_int,format=gbrp,scale=${width}:${height}:${whole},format=rgb24,${samples}[a];` +
    `[1:v]scale=in_color_matrix=bt601:in_range=${limited ? 'tv' : 'pc'}:out_color_matrix=bt601:out_range=pc,format=yuv420p[b];` +
    '[b][a]ssim';
  const { stderr } = await run('ffmpeg', [
    '-nostats',
    '-ss',
    time.toFixed(6),
    '-i',
    film,
    '-i',
    still,
    '-lavfi',
    graph,
    '-frames:v',
    '1',
    '-f',
    'null',
    '-',
  ]);
  return Number(/All:([\d.]+)/.exec(stderr)?.[1] ?? 0);
}

import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ffmpeg, ffprobe } from '../../transcoder/testing/media.ts';
import { codeHash } from '../demo/cache.ts';
import { drawFilm } from '../demo/film.ts';
import { mayInstall, aptInstall } from '../local/ffmpeg.ts';

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL('../../.engawa/bench', import.meta.url));
const EXAMPLES = '/usr/share/doc/synfig-examples/examples';
const RATE = 24;

/** `reference`: without loss. `upload`: as a studio would hand it in (x264, CRF 15, a key frame each 10 s, AAC). Seconds. */
export type Material = { name: string; reference: string; upload: string; seconds: number };

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Cel-style drawings of Debian's `synfig-examples` (GPL-2+, never shipped), drawn once and composed into what anime stresses: a slow
 * pan, a walk on twos, a zoom, shaking on twos, a dark gradient, scrolling credits, grain, a held picture, a flash and a fade.
 */
async function celArt(): Promise<Material> {
  const film = join(CACHE, 'cel-2');
  await once(film, async (work) => {
    const drawings = join(CACHE, 'drawings-1');
    await once(drawings, draw);
    await compose(drawings, work);
  });
  const [reference, upload] = [join(film, 'reference.mkv'), join(film, 'upload.mp4')];
  return { name: 'cel art', reference, upload, seconds: 24 };
}

/** A film of about so many minutes: this one over and over, its packets copied. */
export async function longer(film: Material, minutes: number): Promise<Material> {
  const times = Math.max(1, Math.round((minutes * 60) / film.seconds));
  const folder = join(CACHE, `longer-${basename(dirname(film.upload))}-${times}`);
  await once(folder, async (work) => {
    const list = join(work, 'list.txt');
    await writeFile(list, `file '${film.upload}'\n`.repeat(times));
    const out = join(work, 'upload.mp4');
    await ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', '-movflags', '+faststart', out);
  });
  const upload = join(folder, 'upload.mp4');
  return { name: `${film.name} over and over`, reference: upload, upload, seconds: times * film.seconds };
}

/** `cel`, `demo` (its first episode), or the path of a film of your own, which is its own reference. */
export async function material(name: string): Promise<Material> {
  if (name === 'cel') return celArt();
  if (name !== 'demo') return { name, reference: name, upload: name, seconds: await secondsIn(name) };
  const film = join(CACHE, `demo-${await codeHash('draw', 'cast', 'film')}.mkv`);
  await mkdir(CACHE, { recursive: true });
  await drawFilm(1, film);
  return { name: 'the demo’s first episode', reference: film, upload: film, seconds: await secondsIn(film) };
}

const secondsIn = async (film: string): Promise<number> =>
  Number((await ffprobe('-show_entries', 'format=duration', film))[0]);

/** Fills a folder unless it is there; made beside and renamed, so that one that is there is whole. */
async function once(folder: string, fill: (work: string) => Promise<void>): Promise<void> {
  if (await there(folder)) return;
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(join(CACHE, 'making-'));
  try {
    await fill(work);
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const WALK_FRAMES = 36;

async function draw(work: string): Promise<void> {
  if (!(await there(`${EXAMPLES}/pirates.sif`))) {
    if (!(await mayInstall()))
      throw new Error('Install the packages synfig and synfig-examples (Debian) first.');
    await aptInstall(['synfig', 'synfig-examples'], () => undefined);
  }
  const still = (name: string, width: number, height: number) =>
    run('synfig', [
      '-q',
      '-w',
      `${width}`,
      '-h',
      `${height}`,
      '-a',
      '2',
      '--time',
      '0',
      '-t',
      'png',
      '-o',
      join(work, `${name}.png`),
      `${EXAMPLES}/${name}.sif`,
    ]);
  await still('pirates', 2560, 1440);
  await still('wallpaper', 2560, 1440);
  await still('macwolfen', 2560, 1440);
  await still('preambletaffy', 1920, 1080);
  const walk = ['--fps', '12', '--begin-time', '0f', '--end-time', `${WALK_FRAMES - 1}f`];
  await run('synfig', [
    '-q',
    '-w',
    '1920',
    '-h',
    '1080',
    '-a',
    '2',
    ...walk,
    '-t',
    'png',
    '-o',
    join(work, 'walk.png'),
    `${EXAMPLES}/prologue_kid.sif`,
  ]);
}

/** One shot: its own input and filters; every one ends as 1080p at 24 frames a second. */
type Shot = { input: string[]; seconds: number; filters: string };
const held = (name: string, work: string): string[] => [
  '-loop',
  '1',
  '-framerate',
  `${RATE}`,
  '-i',
  join(work, `${name}.png`),
];
const shots = (drawings: string): Shot[] => [
  { input: held('pirates', drawings), seconds: 5, filters: `crop=1920:1080:x='n*4':y='160-n'` },
  { input: ['-framerate', '12', '-i', join(drawings, 'walk.%04d.png')], seconds: 3, filters: `fps=${RATE}` },
  {
    input: held('macwolfen', drawings),
    seconds: 3,
    filters: `scale=w='1920+6*n':h='1080+3.375*n':eval=frame,crop=1920:1080`,
  },
  // Shaking, drawn on twos.
  {
    input: held('macwolfen', drawings),
    seconds: 2,
    filters: `crop=1920:1080:x='320+24*mod(floor(n/2)*7,5)-48':y='180+18*mod(floor(n/2)*3,4)-27'`,
  },
  {
    input: held('wallpaper', drawings),
    seconds: 4,
    filters: `crop=1920:1080:x='320':y='180+n/2',eq=brightness=-0.25:saturation=0.7`,
  },
  {
    input: held('preambletaffy', drawings),
    seconds: 2,
    filters: `negate,crop=1920:1080:0:0,scroll=vertical=0.004`,
  },
  { input: held('pirates', drawings), seconds: 2, filters: `crop=1920:1080:320:200,noise=alls=14:allf=t` },
  { input: held('macwolfen', drawings), seconds: 2, filters: `crop=1920:1080:320:180` },
  {
    input: held('pirates', drawings),
    seconds: 1,
    filters: `crop=1920:1080:500:300,fade=in:0:6:color=white,fade=out:12:12`,
  },
];

async function compose(drawings: string, work: string): Promise<void> {
  const all = shots(drawings);
  const graph = all.map(
    ({ seconds, filters }, i) =>
      `[${i}:v]${filters},scale=1920:1080,setsar=1,format=yuv420p,trim=end_frame=${seconds * RATE},setpts=N/${RATE}/TB[s${i}]`,
  );
  const joined = `${all.map((_, i) => `[s${i}]`).join('')}concat=n=${all.length}:v=1:a=0,fps=${RATE}[v]`;
  const reference = join(work, 'reference.mkv');
  await ffmpeg(
    all.flatMap(({ input }) => input),
    [
      '-filter_complex',
      [...graph, joined].join(';'),
      '-map',
      '[v]',
      '-r',
      `${RATE}`,
      '-c:v',
      'ffv1',
      reference,
    ],
  );
  await ffmpeg(
    ['-i', reference, '-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000'],
    [
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-shortest',
      '-c:v',
      'libx264',
      '-preset',
      'medium',
      '-crf',
      '15',
      '-maxrate',
      '10M',
      '-bufsize',
      '20M',
    ],
    [
      '-pix_fmt',
      'yuv420p',
      '-g',
      '240',
      '-c:a',
      'aac',
      '-b:a',
      '192k',
      '-movflags',
      '+faststart',
      join(work, 'upload.mp4'),
    ],
  );
}

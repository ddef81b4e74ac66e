import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const words = (line: string) => line.trim().split(/\s+/);
/** Rejects with what FFmpeg said. */
export const ffmpeg = (...args: string[]) =>
  run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { maxBuffer: 64 * 1024 * 1024 });
export const ffprobe = async (...args: string[]): Promise<string> =>
  (await run('ffprobe', ['-v', 'error', ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout;

const X264 = '-c:v libx264 -preset ultrafast -bf 2 -g 120 -pix_fmt yuv420p';

/** The film of the journeys: what is in it, where, so that a journey can tell whether it sees and hears the right thing. */
export const film = {
  frames: 2206,
  rate: [24_000, 1001],
  seconds: (2206 * 1001) / 24_000,
  width: 854,
  height: 480,
  /** What the ladder makes of it. */
  heights: [360, 480],
  /** Frames that show nothing but one colour. The second stands in the second key period. */
  signals: {
    red: { first: 120, last: 143, rgb: [255, 0, 0] },
    blue: { first: 1680, last: 1703, rgb: [0, 0, 255] },
  },
  audio: [
    { language: 'ja', iso: 'jpn', hertz: 440 },
    { language: 'en', iso: 'eng', hertz: 880 },
  ],
  subtitles: [
    {
      language: 'en',
      iso: 'eng',
      cues: [
        [5.005, 6.006, 'The red light'],
        [70.07, 71.071, 'The blue light'],
      ],
    },
    {
      language: 'ja',
      iso: 'jpn',
      cues: [
        [5.005, 6.006, '赤い光'],
        [70.07, 71.071, '青い光'],
      ],
    },
  ],
  chapters: [
    [0, 30, 'Opening'],
    [30, 92, 'Part A'],
  ],
} as const;
/** Seconds at which a frame of the film is shown. */
export const timeOf = (frame: number): number => (frame * film.rate[1]) / film.rate[0];

const clock = (seconds: number) =>
  `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(3).padStart(6, '0').replace('.', ',')}`;

/** An MKV as people have them: B-frames, two dubs, two text tracks, chapters. */
export async function makeFilm(folder: string): Promise<string> {
  const path = join(folder, 'film.mkv');
  const flashes = Object.entries(film.signals)
    .map(([colour, { first, last }]) => `drawbox=t=fill:color=${colour}:enable='between(n,${first},${last})'`)
    .join(',');
  const subtitles = await Promise.all(
    film.subtitles.map(async ({ iso, cues }) => {
      const file = join(folder, `${iso}.srt`);
      const text = cues.map(([from, to, line], i) => `${i + 1}\n${clock(from)} --> ${clock(to)}\n${line}\n`);
      await writeFile(file, text.join('\n'));
      return file;
    }),
  );
  const marks = film.chapters.map(
    ([from, to, title]) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${from * 1000}\nEND=${to * 1000}\ntitle=${title}\n`,
  );
  const metadata = join(folder, 'chapters.txt');
  await writeFile(metadata, `;FFMETADATA1\n${marks.join('')}`);
  const inputs = [
    ...words(`-f lavfi -i testsrc=size=${film.width}x${film.height}:rate=${film.rate.join('/')},${flashes}`),
    ...film.audio.flatMap(({ hertz }) =>
      words(`-f lavfi -i sine=frequency=${hertz}:sample_rate=48000:duration=${film.seconds}`),
    ),
    ...[...subtitles, metadata].flatMap((file) => ['-i', file]),
  ];
  const maps = words('-map 0:v -map 1:a -map 2:a -map 3:s -map 4:s -map_metadata 5 -map_chapters 5');
  const tags = [film.audio, film.subtitles].flatMap((tracks, kind) =>
    tracks.flatMap(({ iso }, i) => [`-metadata:s:${kind ? 's' : 'a'}:${i}`, `language=${iso}`]),
  );
  const codecs = words(`-frames:v ${film.frames} ${X264} -c:a aac -b:a 64k -ac 2 -c:s srt`);
  await ffmpeg(...inputs, ...maps, ...tags, ...codecs, '-disposition:a:0', 'default', path);
  return path;
}

export type ShortFilm = {
  seconds?: number;
  sound?: boolean;
  picture?: boolean;
  size?: string;
  more?: string[];
};

/** A few seconds of picture and tone; `-fflags bitexact`-like sameness is not needed, sizes are. */
export async function makeShort(
  path: string,
  { seconds = 3, sound = true, picture = true, size = '320x180', more = [] }: ShortFilm = {},
): Promise<string> {
  const inputs = [
    ...(picture ? words(`-f lavfi -i testsrc=size=${size}:rate=24:duration=${seconds}`) : []),
    ...(sound ? words(`-f lavfi -i sine=frequency=440:sample_rate=48000:duration=${seconds}`) : []),
  ];
  await ffmpeg(
    ...inputs,
    ...(picture ? words(X264) : []),
    ...(sound ? words('-c:a aac -b:a 64k') : []),
    ...more,
    path,
  );
  return path;
}

import { writeFile } from 'node:fs/promises';
import { ffmpeg } from './films.ts';

/** An episode as anime is released: two dubs, typeset dialogue and signs with their font, chapters that name opening and ending. */
export const anime = {
  seconds: 50,
  size: [960, 540],
  chapters: [
    [0, 6, 'Prologue'],
    [6, 16, 'Opening'],
    [16, 34, 'Part A'],
    [34, 46, 'Ending'],
  ],
  /** Seconds: something stands, and nothing of it moves. */
  drawn: 20.5,
} as const;

const FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf';
const header = `[Script Info]
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080
YCbCr Matrix: None
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,DejaVu Serif,84,&H00FFFFFF,&H000000FF,&H00303030,&H80000000,-1,0,0,0,100,100,0,0,1,5,2,2,60,60,50,1
Style: Sign,DejaVu Serif,64,&H0048D8FF,&H000000FF,&H00802000,&H00000000,-1,0,0,0,100,100,4,0,1,3,0,7,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`;
const sign = String.raw`Dialogue: 1,0:00:18.00,0:00:24.00,Sign,,0,0,0,,{\pos(300,220)\frz14\fax-0.1}Veranda Inn{\p1\c&H3030FF&}m 0 0 l 90 0 90 40 0 40`;
export const scripts = {
  full: `${header}Dialogue: 0,0:00:01.00,0:00:05.00,Default,,0,0,0,,The lamps are lit\nDialogue: 0,0:00:19.00,0:00:23.00,Default,,0,0,0,,Nobody is {\\fs110\\c&H40A0FF&}ever{\\r} late here\n${sign}\n`,
  signs: `${header}${sign}\n`,
};

/** @param folder path of a name in a folder */
export async function makeAnime(folder: (name: string) => string, name: string): Promise<string> {
  const path = folder(`${name}.mkv`);
  const [full, signs, metadata] = ['full.ass', 'signs.ass', 'chapters.txt'].map((file) =>
    folder(`${name}-${file}`),
  ) as [string, string, string];
  await writeFile(full, scripts.full);
  await writeFile(signs, scripts.signs);
  const marks = anime.chapters.map(
    ([from, to, title]) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${from * 1000}\nEND=${to * 1000}\ntitle=${title}\n`,
  );
  await writeFile(metadata, `;FFMETADATA1\n${marks.join('')}`);
  const length = `duration=${anime.seconds}`;
  const lavfi = [
    `testsrc2=size=${anime.size.join('x')}:rate=24:${length}`,
    ...[440, 880].map((hertz) => `sine=frequency=${hertz}:sample_rate=48000:${length}`),
  ].flatMap((input) => ['-f', 'lavfi', '-i', input]);
  const files = [full, signs, metadata].flatMap((file) => ['-i', file]);
  const rest =
    '-map 0:v -map 1:a -map 2:a -map 3:s -map 4:s -map_metadata 5 -map_chapters 5 -c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv420p -c:a aac -b:a 64k -ac:a:0 6 -ac:a:1 2 -c:s ass -metadata:s:a:0 language=jpn -metadata:s:a:1 language=eng -metadata:s:s:0 language=eng -metadata:s:s:1 language=eng -disposition:a:0 default';
  const titled = ['-metadata:s:s:1', 'title=Signs & Songs'];
  const attached = ['-attach', FONT, '-metadata:s:t', 'mimetype=font/ttf'];
  await ffmpeg(...lavfi, ...files, ...rest.split(' '), ...titled, ...attached, path);
  return path;
}

/** What FFmpeg's own libass draws at a moment, on black. */
export async function drawnByFfmpeg(
  folder: (name: string) => string,
  [width, height]: readonly [number, number],
  seconds: number,
): Promise<string> {
  const [script, picture] = [folder('reference.ass'), folder('reference.png')];
  await writeFile(script, scripts.full);
  const filter = `setpts=PTS+${seconds}/TB,ass=${script}:fontsdir=/usr/share/fonts/truetype/dejavu`;
  const black = `color=black:size=${width}x${height}:rate=24:duration=1,format=rgb24`;
  await ffmpeg('-f', 'lavfi', '-i', black, '-vf', filter, '-frames:v', '1', picture);
  return picture;
}

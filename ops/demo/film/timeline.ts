import { faces } from './fonts.ts';
import type { Film, Music, Shot } from './shot.ts';

export type Placed = { start: number; shot: Shot };
/** Shots and sections with the second at which they begin. */
export function shotsOf(film: Film) {
  const shots: Placed[] = [];
  const sections: { chapter: string; music: Music; start: number; seconds: number }[] = [];
  let now = 0;
  for (const { chapter, music, shots: list } of film.sections) {
    const start = now;
    for (const shot of list) {
      shots.push({ start: now, shot });
      now += shot.seconds;
    }
    sections.push({ chapter, music, start, seconds: now - start });
  }
  return { shots, sections, seconds: now };
}

const stamp = (seconds: number, comma: string, digits: number): string => {
  const total = Math.round(seconds * 10 ** digits);
  const [whole, rest] = [Math.floor(total / 10 ** digits), total % 10 ** digits];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${comma}${String(rest).padStart(digits, '0')}`;
};

/** Japanese as SubRip. */
export function srt(film: Film): string {
  const cues = shotsOf(film).shots.flatMap(({ start, shot }) =>
    (shot.lines ?? []).map((l) => ({ ...l, at: start + l.at })),
  );
  return cues
    .map((c, i) => `${i + 1}\n${stamp(c.at, ',', 3)} --> ${stamp(c.at + c.lasts, ',', 3)}\n${c.ja}\n`)
    .join('\n');
}

/** English as ASS: dialogue below, the meaning of writing in the picture above, in another style. */
export function ass(film: Film): string {
  const time = (s: number) => stamp(s, '.', 2).slice(1);
  const event = (style: string, at: number, lasts: number, text: string) => ({
    at,
    line: `Dialogue: 0,${time(at)},${time(at + lasts)},${style},,0,0,0,,${text.replaceAll('\n', '\\N')}`,
  });
  const events = shotsOf(film).shots.flatMap(({ start, shot }) => [
    ...(shot.lines ?? []).map((l) => event('Dialogue', start + l.at, l.lasts, l.en)),
    ...(shot.signs ?? []).map((s) => event('Sign', start + s.at, s.lasts, s.en)),
  ]);
  return `[Script Info]
Title: ${film.en}
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Dialogue,${faces.dialogue.family},64,&H00FFFFFF,&H000000FF,&H00402A2A,&H80000000,-1,0,0,0,100,100,0,0,1,4,1,2,120,120,64,1
Style: Sign,${faces.sign.family},56,&H00DCF6FF,&H000000FF,&H00602F20,&H80000000,0,-1,0,0,100,100,2,0,1,3,0,8,120,120,60,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${events
  .sort((a, b) => a.at - b.at)
  .map((e) => e.line)
  .join('\n')}
`;
}

/** Chapters, the film's name and nothing that changes from run to run, in FFmpeg's metadata format. */
export function metadata(film: Film): string {
  const chapters = shotsOf(film).sections.map(({ chapter, start, seconds }) =>
    [
      '[CHAPTER]',
      'TIMEBASE=1/1000',
      `START=${Math.round(start * 1000)}`,
      `END=${Math.round((start + seconds) * 1000)}`,
      `title=${chapter}`,
    ].join('\n'),
  );
  return [
    ';FFMETADATA1',
    `title=${film.en}`,
    'show=Ashita, Hare',
    `episode_sort=${film.number}`,
    ...chapters,
    '',
  ].join('\n');
}

import { cueText } from './cue-text.ts';
import { OFFSET_SECONDS } from '../timeline.ts';

/** A cue, seconds from the start of the episode. `text` is WebVTT cue text, `settings` what stands after its times. */
export type Cue = { start: number; end: number; settings: string; text: string };

const TIME = String.raw`((?:\d+:)?\d{2}:\d{2}\.\d{3})`;
const TIMING = new RegExp(String.raw`^[ \t]*${TIME}[ \t]+-->[ \t]+${TIME}(?:[ \t]+(.*))?$`);

export const isVtt = (text: string): boolean => /^\uFEFF?WEBVTT(?:[ \t\n]|$)/.test(text);

const allowed = new Set(['b', 'i', 'u', 'c', 'v', 'lang', 'ruby', 'rt']);
/** Settings that mean the same in another file; regions are left behind with the file that defines them. */
const SETTING =
  /^(?:vertical:(?:rl|lr)|line:-?\d+(?:\.\d+)?%?(?:,(?:start|center|end))?|position:\d+(?:\.\d+)?%(?:,(?:line-left|center|line-right))?|size:\d+(?:\.\d+)?%|align:(?:start|center|end|left|right))$/;

/** Cues of a WebVTT file (W3C WebVTT §4.1), without notes, styles and regions. */
export function parseCues(vtt: string): Cue[] {
  return vtt
    .replaceAll('\0', '\uFFFD')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n').filter((line) => line !== '');
      const at = lines.findIndex((line) => TIMING.test(line));
      const timing = TIMING.exec(lines[at] ?? '');
      const text = cueText(lines.slice(at + 1).join('\n'), allowed);
      if (!timing || text === '') return [];
      const settings = (timing[3] ?? '').split(/[ \t]+/).filter((setting) => SETTING.test(setting));
      return [{ start: seconds(timing[1]!), end: seconds(timing[2]!), settings: settings.join(' '), text }];
    });
}

/**
 * Cues moved by `-shift` and cut to `[0, duration)`; in order, as WebVTT asks. One of which the cut leaves less than WebVTT can tell, a
 * millisecond, is none: it must end after it starts (§4.1).
 */
export const placeCues = (cues: readonly Cue[], shift: number, duration: number): Cue[] =>
  cues
    .map((cue) => ({
      ...cue,
      start: Math.max(0, cue.start - shift),
      end: Math.min(duration, cue.end - shift),
    }))
    .filter((cue) => milliseconds(cue.end) > milliseconds(cue.start))
    .sort((a, b) => a.start - b.start || a.end - b.end);

/**
 * One WebVTT segment: every cue that shows at any time in `[from, to)`, whole, so that one that spans a cut stands on both sides
 * (RFC 8216bis §3.1.4: players drop the repetition). X-TIMESTAMP-MAP ties the cues' zero to the media's.
 */
export function vttSegment(cues: readonly Cue[], from: number, to: number): { text: string; cues: number } {
  const inside = cues.filter((cue) => cue.start < to && cue.end > from);
  const blocks = inside.map(
    (cue) =>
      `${stamp(cue.start)} --> ${stamp(cue.end)}${cue.settings ? ` ${cue.settings}` : ''}\n${cue.text}\n`,
  );
  const map = `X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:${OFFSET_SECONDS * 90_000}`;
  return { text: [`WEBVTT\n${map}\n`, ...blocks].join('\n'), cues: inside.length };
}

const seconds = (time: string): number =>
  time
    .split(':')
    .map(Number)
    .reduce((total, part) => total * 60 + part, 0);

const milliseconds = (time: number): number => Math.round(time * 1000);

function stamp(time: number): string {
  const ms = milliseconds(time);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

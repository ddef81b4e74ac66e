import type { PlannedAudio, PlannedSubtitles } from '../../schema/jobs/plan.ts';
import type { AudioRole, SubtitleRole } from '../../schema/ladder.ts';
import type { SourceStream } from './source-facts.ts';

/** Text codecs that FFmpeg turns into WebVTT. Pictures (PGS, VobSub, DVB) would need reading. */
const textCodecs = new Set(['subrip', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']);

/** BCP 47 from the ISO 639-2 codes of containers (`jpn`, `ger`), `und` where there is none. */
export function languageOf(tag: string | undefined): string {
  try {
    const language = Intl.getCanonicalLocales((tag ?? 'und').replaceAll('_', '-'))[0] ?? 'und';
    return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : 'und';
  } catch {
    return 'und';
  }
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });
const named = (title: string | undefined, language: string, suffix: string): string =>
  title?.trim() || `${language === 'und' ? 'Unknown' : (names.of(language) ?? language)}${suffix}`;

const isSet = (stream: SourceStream, ...flags: string[]) =>
  flags.some((flag) => stream.disposition[flag] === 1);
const idOf = (letter: string, i: number, language: string) =>
  `${letter}${i}-${language.toLowerCase()}`.slice(0, 40);

/**
 * Audio tracks by what the source says of them: disposition first, then its title, then language. The first plain track is the
 * main one; another language is a dub. Exactly one is the default. No sound: one silent track, since players that find an audio
 * group expect one, and a title keeps the same shape whatever its source (ADR 0012).
 */
export function audioTracks(streams: readonly SourceStream[]): PlannedAudio[] {
  const sources = streams.filter((stream) => stream.type === 'audio');
  const main = sources.find((s) => roleBySource(s) === null);
  const chosen = sources.find((s) => isSet(s, 'default')) ?? main ?? sources[0];
  const tracks = sources.map((stream, i) => {
    const language = languageOf(stream.tags['language']);
    const role =
      roleBySource(stream) ??
      (stream === main || language === languageOf(main?.tags['language']) ? 'main' : 'dub');
    return {
      id: idOf('a', i, language),
      stream: stream.index,
      language,
      role,
      name: named(stream.tags['title'], language, audioSuffix[role]),
      channels: 2,
      default: stream === chosen,
      delay: 0,
    };
  });
  if (tracks.length > 0) return tracks;
  return [
    {
      id: 'a0-und',
      stream: null,
      language: 'und',
      role: 'main',
      name: 'No sound',
      channels: 2,
      default: true,
      delay: 0,
    },
  ];
}

const audioSuffix: Record<AudioRole, string> = {
  main: '',
  dub: '',
  commentary: ' commentary',
  description: ' audio description',
};
function roleBySource(stream: SourceStream): AudioRole | null {
  const title = stream.tags['title'] ?? '';
  if (isSet(stream, 'comment') || /comment/i.test(title)) return 'commentary';
  if (isSet(stream, 'visual_impaired', 'descriptions') || /descri/i.test(title)) return 'description';
  return isSet(stream, 'dub') ? 'dub' : null;
}

const subtitleSuffix: Record<SubtitleRole, string> = {
  full: '',
  signs: ' signs and songs',
  sdh: ' SDH',
  forced: ' forced',
};

/** Subtitle tracks that can become WebVTT, and one note for each that cannot. */
export function subtitleTracks(streams: readonly SourceStream[]): {
  tracks: PlannedSubtitles[];
  notes: string[];
} {
  const sources = streams.filter((stream) => stream.type === 'subtitle');
  const text = sources.filter((stream) => textCodecs.has(stream.codec));
  const chosen = text.find((s) => isSet(s, 'default') && !isSet(s, 'forced'));
  const tracks = text.map((stream, i) => {
    const language = languageOf(stream.tags['language']);
    const role = subtitleRole(stream);
    return {
      id: idOf('s', i, language),
      stream: stream.index,
      codec: stream.codec,
      language,
      role,
      name: named(stream.tags['title'], language, subtitleSuffix[role]),
      default: stream === chosen,
      delay: 0,
    };
  });
  const notes = sources
    .filter((stream) => !text.includes(stream))
    .map(
      (stream) =>
        `Subtitle stream ${stream.index} (${stream.codec || 'unknown codec'}, ${languageOf(stream.tags['language'])}) was left out: ` +
        'its cues are pictures, not text. Add a text track to the source to have it.',
    );
  return { tracks, notes };
}

function subtitleRole(stream: SourceStream): SubtitleRole {
  const title = stream.tags['title'] ?? '';
  if (isSet(stream, 'forced') || /\bforced\b/i.test(title)) return 'forced';
  if (isSet(stream, 'hearing_impaired', 'captions') || /\b(sdh|cc)\b/i.test(title)) return 'sdh';
  return /\b(signs?|songs?)\b/i.test(title) ? 'signs' : 'full';
}

import type { PlannedSubtitles } from '../../schema/jobs/plan.ts';
import type { SubtitleRole } from '../../schema/ladder.ts';
import { languageOf, trackId, trackName } from './language.ts';
import { isSet, type SourceStream } from './source-facts.ts';

/** Text codecs that FFmpeg turns into WebVTT. Pictures (PGS, VobSub, DVB) would need reading. */
const textCodecs = new Set(['subrip', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']);

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
      id: trackId('s', i, language),
      stream: stream.index,
      codec: stream.codec,
      language,
      role,
      name: trackName(stream.tags['title'], language, subtitleSuffix[role]),
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

import type { PlannedSubtitles } from '../../../schema/jobs/plan.ts';
import type { Warning } from '../../../schema/media-facts.ts';
import type { SubtitleRole } from '../../../schema/ladder.ts';
import { languageOf, trackId, trackName } from '../language.ts';
import { isSet, type SourceStream } from '../source/facts.ts';

/** Codecs of text that we read. */
const textCodecs = new Set(['subrip', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']);
export const isTextCodec = (codec: string): boolean => textCodecs.has(codec);

/** Codecs whose cues are pictures (PGS, VobSub, DVB): a person, or a machine that reads, has to make text of them. */
const pictureCodecs = new Set(['hdmv_pgs_subtitle', 'dvd_subtitle', 'dvb_subtitle', 'xsub']);

export const subtitleSuffix: Record<SubtitleRole, string> = {
  full: '',
  signs: ' signs and songs',
  sdh: ' SDH',
  forced: ' forced',
};

/** Subtitle tracks that can become WebVTT, and what to say of each that cannot. */
export function subtitleTracks(streams: readonly SourceStream[]): {
  tracks: PlannedSubtitles[];
  notes: string[];
  warnings: Warning[];
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
  const others = sources.filter((stream) => !text.includes(stream));
  const [pictures, unknown] = [true, false].map((is) =>
    others.filter((s) => pictureCodecs.has(s.codec) === is),
  );
  const described = ({ index, codec, tags }: SourceStream) =>
    `Subtitle stream ${index} (${codec || 'unknown codec'}, ${languageOf(tags['language'])}) was left out: `;
  return {
    tracks,
    warnings: pictures!.map((stream) => ({
      code: 'picture-subtitles',
      detail: `${described(stream)}its cues are pictures, not text. Add a file of text subtitles in its place.`,
      blocks: false,
    })),
    notes: unknown!.map((stream) => `${described(stream)}it is of a kind that is not read.`),
  };
}

function subtitleRole(stream: SourceStream): SubtitleRole {
  const title = stream.tags['title'] ?? '';
  if (isSet(stream, 'forced') || /\bforced\b/i.test(title)) return 'forced';
  if (isSet(stream, 'hearing_impaired', 'captions') || /\b(sdh|cc)\b/i.test(title)) return 'sdh';
  return /\b(signs?|songs?)\b/i.test(title) ? 'signs' : 'full';
}

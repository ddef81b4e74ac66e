import type { PlannedAudio } from '../../../schema/jobs/plan.ts';
import type { AudioRole } from '../../../schema/ladder.ts';
import { languageOf, trackId, trackName } from '../language.ts';
import { isSet, type SourceStream } from '../source/facts.ts';

/**
 * Audio tracks by what the source says of them: disposition first, then its title, then language. What is in the
 * language of the original is main, in another a dub. Exactly one is the default. Every track is there in stereo, which all players play, and
 * in 5.1 besides where the source has it: the same language and role, so that players choose by what they are connected to.
 * No sound: one silent track, since players that find an audio group expect one, and a title keeps the same shape whatever its
 * source (ADR 0012).
 */
export function audioTracks(streams: readonly SourceStream[]): PlannedAudio[] {
  const sources = streams.filter((stream) => stream.type === 'audio');
  const main = original(sources.filter((s) => roleBySource(s) === null));
  const chosen = sources.find((s) => isSet(s, 'default')) ?? main ?? sources[0];
  const tracks = sources.flatMap((stream, i) => {
    const language = languageOf(stream.tags['language']);
    const role =
      roleBySource(stream) ??
      (stream === main || language === languageOf(main?.tags['language']) ? 'main' : 'dub');
    const stereo: PlannedAudio = {
      id: trackId('a', i, language),
      stream: stream.index,
      language,
      role,
      name: trackName(plainTitle(stream.tags['title']), language, audioSuffix[role]),
      channels: 2,
      default: stream === chosen,
      delay: 0,
    };
    return [stereo, ...surround(stereo, stream)];
  });
  return tracks.length > 0 ? tracks : [silence];
}

/** Numbers of channels for which FFmpeg knows a layout where a file names none. */
const guessable = (channels: number): boolean => channels <= 8 || channels === 16 || channels === 24;

/** Codecs that FFmpeg knows by name and cannot decode; others it calls unknown. */
const undecodable = /^(unknown|none|4gv|celt|mpegh_3d_audio|smv)?$/;

/**
 * Why the sound of a stream cannot be used, in words; null: it can. Discrete channels, as studios deliver several mixes in one track,
 * say nothing of which is which.
 */
export function soundFault({ index, type, codec, channels = 0, layout = '' }: SourceStream): string | null {
  if (type !== 'audio') return null;
  if (undecodable.test(codec))
    return `The sound in stream ${index} is of a kind that cannot be decoded (${codec || 'unknown'}). Convert it to AAC, FLAC, AC-3 or PCM, or leave it out.`;
  const named = layout !== '' && !/unknown|channels/.test(layout);
  if (named || guessable(channels)) return null;
  return `The sound in stream ${index} has ${channels} channels and does not say what they are. Give each mix a track of its own, in stereo or 5.1.`;
}

/** The track in 5.1, where the source has that or more. */
export const surround = (stereo: PlannedAudio, { channels = 0 }: SourceStream): PlannedAudio[] =>
  channels >= 6 ? [{ ...stereo, id: `${stereo.id.slice(0, 37)}-51`, channels: 6 }] : [];

const silence: PlannedAudio = {
  id: 'a0-und',
  stream: null,
  language: 'und',
  role: 'main',
  name: 'No sound',
  channels: 2,
  default: true,
  delay: 0,
};

/** The one that stands for the episode's sound: its fingerprint, its silences, its waveform. */
export const mainTrack = (tracks: readonly PlannedAudio[]): PlannedAudio | undefined =>
  tracks.find(({ role, channels }) => role === 'main' && channels === 2);

export const audioSuffix: Record<AudioRole, string> = {
  main: '',
  dub: '',
  commentary: ' commentary',
  description: ' audio description',
};
/** What titles call them, in the languages that sources come in. */
const commentary = /comment|コメンタリー|kommentar/i;
const description = /descri|hörfilm|音声ガイド|解説/i;

function roleBySource(stream: SourceStream): AudioRole | null {
  const title = stream.tags['title'] ?? '';
  if (isSet(stream, 'comment') || commentary.test(title)) return 'commentary';
  if (isSet(stream, 'visual_impaired', 'descriptions') || description.test(title)) return 'description';
  return isSet(stream, 'dub') || /\bdub(bed)?\b|吹き?替え?/i.test(title) ? 'dub' : null;
}

/** The original among plain tracks: as the file says; else the Japanese one, as discs of other countries put their dub first. */
const original = (plain: readonly SourceStream[]): SourceStream | undefined =>
  plain.find((s) => isSet(s, 'original')) ??
  plain.find((s) => languageOf(s.tags['language']) === 'ja') ??
  plain[0];

/** A title without what it says of a format that the rendition does not have any more: "English (DTS-HD MA 5.1)" is "English". */
const plainTitle = (title: string | undefined): string | undefined =>
  title
    ?.replaceAll(formatWords, '')
    .replaceAll(/[([{][\s,/|@+-]*[)\]}]/g, '')
    .replaceAll(/^[\s,/|@–-]+|[\s,/|@–-]+$/g, '')
    .replaceAll(/\s{2,}/g, ' ');
const formatWords =
  /(?<![\p{L}\d.])([1257]\.[01](\.[24])?(ch)?|stereo|surround|mono|(he-?)?aac(-lc)?|flac|alac|opus|vorbis|mp3|l?pcm|e?-?ac-?3|ddp?|dolby( digital)?( plus)?|dts(-hd)?( ?(ma|hra?))?|true-?hd|atmos|\d+ ?k(bps|b\/s|hz)|(16|24) ?-?bits?)(?![\p{L}\d.])/giu;

import type { PlannedAudio } from '../../schema/jobs/plan.ts';
import type { AudioRole } from '../../schema/ladder.ts';
import { languageOf, trackId, trackName } from './language.ts';
import { isSet, type SourceStream } from './source-facts.ts';

/**
 * Audio tracks by what the source says of them: disposition first, then its title, then language. The first plain track is the
 * main one; another language is a dub. Exactly one is the default. Every track is there in stereo, which all players play, and
 * in 5.1 besides where the source has it: the same language and role, so that players choose by what they are connected to.
 * No sound: one silent track, since players that find an audio group expect one, and a title keeps the same shape whatever its
 * source (ADR 0012).
 */
export function audioTracks(streams: readonly SourceStream[]): PlannedAudio[] {
  const sources = streams.filter((stream) => stream.type === 'audio');
  const main = sources.find((s) => roleBySource(s) === null);
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
      name: trackName(stream.tags['title'], language, audioSuffix[role]),
      channels: 2,
      default: stream === chosen,
      delay: 0,
    };
    return [stereo, ...surround(stereo, stream)];
  });
  return tracks.length > 0 ? tracks : [silence];
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
function roleBySource(stream: SourceStream): AudioRole | null {
  const title = stream.tags['title'] ?? '';
  if (isSet(stream, 'comment') || /comment/i.test(title)) return 'commentary';
  if (isSet(stream, 'visual_impaired', 'descriptions') || /descri/i.test(title)) return 'description';
  return isSet(stream, 'dub') ? 'dub' : null;
}

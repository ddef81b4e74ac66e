import type { AudioRendition, SubtitleRendition } from './package.ts';

/** Groups of renditions, by the rules of RFC 8216bis; sections in brackets. */
export type Track = AudioRendition | SubtitleRendition;

/** A track as a group shows it. */
export type Member<T extends Track> = { track: T; name: string; isDefault: boolean; autoselect: boolean };

/** The surround twin of each stereo track that has one (the same language, role and name, more channels), by the stereo's id. */
export function surroundTwins(audio: readonly AudioRendition[]): ReadonlyMap<string, AudioRendition> {
  const twins = new Map<string, AudioRendition>();
  for (const track of audio.filter(({ channels }) => channels > 2)) {
    const stereo = audio.find((one) => isTwin(one, track) && !twins.has(one.id));
    if (stereo) twins.set(stereo.id, track);
  }
  return twins;
}

/**
 * One group of stereo; where any track has a surround twin, a second one.
 * Groups must have the same members, alike but for their channels and address [4.4.6.1.1], so a track without a twin stands
 * in both.
 */
export function audioGroups(
  audio: readonly AudioRendition[],
): { id: string; members: Member<AudioRendition>[] }[] {
  const twins = surroundTwins(audio);
  const paired = new Set(twins.values());
  const shown = audio
    .filter((track) => !paired.has(track))
    .map((track) => ({ ...track, default: track.default || twins.get(track.id)?.default === true }));
  if (shown.length === 0) return [];
  const members = described(shown);
  const surround = members.map((member) => ({
    ...member,
    track: twins.get(member.track.id) ?? member.track,
  }));
  return [{ id: 'audio', members }, ...(twins.size > 0 ? [{ id: 'audio-surround', members: surround }] : [])];
}

const isTwin = (stereo: AudioRendition, surround: AudioRendition) =>
  stereo.channels <= 2 &&
  stereo.language === surround.language &&
  stereo.role === surround.role &&
  stereo.name === surround.name;

/**
 * The rules within a group [4.4.6.1, 4.4.6.1.1]: names differ, at most one default, a default is selected by itself, and of
 * tracks that a player cannot tell apart by language and purpose only one is. Commentary and signs are for those who ask.
 */
export function described<T extends Track>(tracks: readonly T[]): Member<T>[] {
  const names = new Set<string>();
  const taken = new Set<string>();
  const kind = (track: Track) =>
    [track.language.toLowerCase(), track.role === 'forced', purpose(track.role)].join();
  const chosen = tracks.find((track) => track.default);
  if (chosen) taken.add(kind(chosen));
  return tracks.map((track) => {
    let name = clean(track.name);
    while (names.has(name)) name += ` (${track.id})`;
    names.add(name);
    const autoselect =
      track === chosen || !(track.role === 'commentary' || track.role === 'signs' || taken.has(kind(track)));
    if (autoselect) taken.add(kind(track));
    return { track, name, isDefault: track === chosen, autoselect };
  });
}

/** Apple's media characteristics, as the draft lists them for CHARACTERISTICS [4.4.6.1]. */
export function purpose(role: Track['role']): string {
  if (role === 'description') return 'public.accessibility.describes-video';
  if (role !== 'sdh') return '';
  return 'public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound';
}

/** As it will be printed: names that differ only in what is not allowed there are the same name. */
const clean = (words: string): string =>
  words
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll('"', "'");

import { languageName } from '../viewer/cards/words.ts';
import type { AudioRole, SubtitleRole } from '../../schema/ladder.ts';
import type { PlayerWords } from './words.ts';

export type Track = { id: string; language: string; name: string; role: AudioRole | SubtitleRole };

/** What a track is called in a menu: its language in the viewer's own, and its role where that is not the usual one. */
export function trackLabel(track: Track, { t, language }: PlayerWords): string {
  const name = track.language === 'und' ? t('unknownLanguage') : languageName(track.language, language);
  return track.role === 'main' || track.role === 'full' ? name : `${name} (${t(`role.${track.role}`)})`;
}

/**
 * The track behind a NAME of the multivariant playlist. Names are unique within a group there: a second one of the
 * same name carries its id (schema/hls.ts).
 */
export const named = <T extends Pick<Track, 'id' | 'name'>>(
  tracks: readonly T[],
  name: string,
): T | undefined =>
  tracks.find((track) => name === `${track.name} (${track.id})`) ??
  tracks.find((track) => name === track.name);

/**
 * Labels for menus, by id: where two tracks would be called the same, each also shows its own name. A surround track is told from its
 * stereo twin, which has the same name, by its channels.
 */
export function menuLabels(
  tracks: readonly (Track & { channels?: number })[],
  words: PlayerWords,
): (id: string) => string | undefined {
  const plain = new Map(tracks.map((track) => [track.id, trackLabel(track, words)]));
  const often = (label: string) =>
    new Set(tracks.filter(({ id }) => plain.get(id) === label).map(({ name }) => name)).size > 1;
  return (id) => {
    const track = tracks.find((one) => one.id === id);
    const label = plain.get(id);
    if (!track || !label) return undefined;
    const full = often(label) ? `${label} · ${track.name}` : label;
    return (track.channels ?? 2) > 2 ? `${full} · ${speakers(track.channels!)}` : full;
  };
}

/** As people call them: 6 channels are 5.1. */
const speakers = (channels: number): string => (channels >= 6 ? `${channels - 1}.1` : String(channels));

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
const byPlaylistName = (tracks: readonly Track[], name: string): Track | undefined =>
  tracks.find((track) => name === `${track.name} (${track.id})`) ??
  tracks.find((track) => name === track.name);

/**
 * Labels for menus: where two tracks would be called the same, each also shows its own name. A stereo track and its surround twin
 * have one name between them and are one choice: the engine plays the one that its group of sound has.
 */
export function menuLabels(tracks: readonly Track[], words: PlayerWords): (playlistName: string) => string {
  const plain = new Map(tracks.map((track) => [track.id, trackLabel(track, words)]));
  const often = (label: string) =>
    new Set(tracks.filter(({ id }) => plain.get(id) === label).map(({ name }) => name)).size > 1;
  return (playlistName) => {
    const track = byPlaylistName(tracks, playlistName);
    const label = track && plain.get(track.id);
    if (!track || !label) return playlistName;
    return often(label) ? `${label} · ${track.name}` : label;
  };
}

import type { WatchPreferences } from '../../schema/api/me.ts';
import type { TrackChoice } from '../../schema/api/playback.ts';
import type { AudioRole, SubtitleRole } from '../../schema/ladder.ts';

/*
 * What a viewer is to hear and read (ADR 0058). Only what tracks are counts, never where they stand in the file: the order that
 * somebody muxed them in says nothing about whoever watches.
 */

type Track = { id: string; language: string; default: boolean };
export type AudioTrack = Track & { role: AudioRole; channels: number };
export type SubtitleTrack = Track & { role: SubtitleRole };
export type Tracks = { audio: readonly AudioTrack[]; subtitles: readonly SubtitleTrack[] };

export type Wishes = {
  /** BCP 47 of what is spoken in the original. */
  original: string;
  /** What the profile chose for this series; null: nothing. */
  choice: TrackChoice | null;
  preferences: Pick<WatchPreferences, 'prefer' | 'audio' | 'subtitles'>;
  /** What the viewer's device speaks: it counts where the profile says nothing. */
  speaks: readonly string[];
};

export type Chosen = { audio: string | null; subtitles: string | null };

/**
 * Of the tracks that a grant covers, what to begin with: what was chosen for the series, else what the profile prefers. With a dub signs
 * and songs alone, with the original all of its dialogue, `forced` where nothing else is; SDH, descriptions and commentaries only for
 * those who chose them.
 */
export function choose(tracks: Tracks, wishes: Wishes): Chosen {
  const audio = hear(tracks.audio, wishes);
  return { audio: audio?.id ?? null, subtitles: read(tracks.subtitles, audio, wishes)?.id ?? null };
}

function hear(tracks: readonly AudioTrack[], wishes: Wishes): AudioTrack | null {
  const { choice, preferences, original, speaks } = wishes;
  const spoken = tracks.filter(isDialogue);
  const inOriginal = spoken.filter((track) => isOriginal(track, original));
  const chosen =
    choice?.audio &&
    (best(tracks.filter(hasRole(choice.audio.role)), [choice.audio.language]) ??
      best(spoken, [choice.audio.language]));
  const dub = () => best(spoken, [...preferences.audio, ...speaks]);
  return (
    chosen ||
    (preferences.prefer === 'dub' ? dub() : null) ||
    first(inOriginal) ||
    dub() ||
    first(spoken) || // what this viewer does not understand, rather than silence
    first(tracks)
  );
}

function read(
  tracks: readonly SubtitleTrack[],
  heard: AudioTrack | null,
  wishes: Wishes,
): SubtitleTrack | null {
  const { choice, preferences, original, speaks } = wishes;
  const honoured = !choice?.audio || (heard !== null && sameLanguage(heard.language, choice.audio.language));
  // Subtitles were chosen to go with that sound: of an episode that is not dubbed yet, signs alone would leave its viewer lost.
  if (choice && honoured) {
    if (choice.subtitles === null) return null;
    const { language, role } = choice.subtitles;
    for (const like of standIns[role]) {
      const found = best(tracks.filter(hasRole(like)), [language]);
      if (found) return found;
    }
  }

  const asked = [...(choice?.subtitles ? [choice.subtitles.language] : []), ...preferences.subtitles];
  // A dub is chosen by those who understand it; the original by many who do not.
  const dubbed = [
    ...(choice?.audio ? [choice.audio.language] : []),
    ...(preferences.prefer === 'dub' ? preferences.audio : []),
  ].filter((language) => !sameLanguage(language, original));
  const understood = [...dubbed, ...speaks];
  const wanted = [...asked, ...understood];
  const follows =
    heard !== null &&
    (isOriginal(heard, original)
      ? // Whoever asks for subtitles in the very language of the original learns it, or hears badly.
        matches(heard, understood) && !matches(heard, asked)
      : matches(heard, wanted));
  const little = () => {
    const languages = [...(heard && follows ? [heard.language] : []), ...wanted];
    return (
      best(tracks.filter(hasRole('signs')), languages) ?? best(tracks.filter(hasRole('forced')), languages)
    );
  };
  if (follows) return little();
  const full = tracks.filter(hasRole('full'));
  return best(full, wanted) ?? little() ?? first(full.filter((track) => track.default));
}

/** What serves whoever chose a role, where an episode has no track of it. */
const standIns: Record<SubtitleRole, readonly SubtitleRole[]> = {
  full: ['full'],
  sdh: ['sdh', 'full'],
  signs: ['signs', 'forced'],
  forced: ['forced', 'signs'],
};

const hasRole =
  (role: AudioRole | SubtitleRole) =>
  (track: { role: AudioRole | SubtitleRole }): boolean =>
    track.role === role;
const isDialogue = ({ role }: AudioTrack) => role === 'main' || role === 'dub';
/** A track that does not say what it speaks is the original, where it is the main one. */
const isOriginal = ({ language, role }: AudioTrack, original: string) =>
  language === 'und' ? role === 'main' : sameLanguage(language, original);

const primary = (tag: string) => tag.toLowerCase().split('-', 1)[0]!;
const sameLanguage = (a: string, b: string) => primary(a) === primary(b);
const matches = ({ language }: Track, ranges: readonly string[]) =>
  ranges.some((range) => sameLanguage(language, range));

/** The best track in the first of these languages that any of them has. */
function best<T extends Track & { role: string }>(
  tracks: readonly T[],
  languages: readonly string[],
): T | null {
  for (const wanted of languages) {
    const near = tracks.filter(({ language }) => sameLanguage(language, wanted));
    const found = first(near, (track) => nearness(track.language, wanted));
    if (found) return found;
  }
  return null;
}

/** `pt-BR` for `pt-BR`, then `pt` that names no region, then one of another. `zh-Hant-TW` is nearer to `zh-Hant` than `zh-Hans` is. */
function nearness(language: string, wanted: string): number {
  const [has, asks] = [language.toLowerCase().split('-'), wanted.toLowerCase().split('-')];
  let same = 0;
  while (same < asks.length && has[same] === asks[same]) same += 1;
  return same * 10 - (has.length - same);
}

/** One of tracks that serve alike, whatever their order: the one marked as default, the one of fewer channels, the one first by its id. */
function first<T extends Track & { role: string }>(
  tracks: readonly T[],
  score: (track: T) => number = () => 0,
): T | null {
  const ranked = tracks.toSorted(
    (a, b) =>
      score(b) - score(a) ||
      Number(b.default) - Number(a.default) ||
      Number(b.role === 'main') - Number(a.role === 'main') ||
      channelsOf(a) - channelsOf(b) ||
      (a.id < b.id ? -1 : 1),
  );
  return ranked[0] ?? null;
}

/** A stereo track before its surround twin: players go from one to the other by themselves. */
const channelsOf = (track: Track & { channels?: number }) => track.channels ?? 0;

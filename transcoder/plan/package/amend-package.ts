import type { Change } from '../../../schema/jobs/task.ts';
import type { Package } from '../../../schema/package.ts';

/**
 * A finished asset with a change: `added` is the package of the change's renditions alone. What is kept is kept as it is, and
 * nothing of it is read or written anew.
 */
export function amendedPackage(base: Package, added: Package, { remove }: Pick<Change, 'remove'>): Package {
  const gone = new Set(remove);
  const kept = <T extends { id: string }>(all: readonly T[]) => all.filter(({ id }) => !gone.has(id));
  const audio = withDefault([...kept(base.audio), ...unset(added.audio)], defaultOf(base.audio));
  const subtitles = withDefault(
    [...kept(base.subtitles), ...unset(added.subtitles)],
    defaultOf(base.subtitles),
  );
  const sounds = audio.some((track) => track.default) ? audio : firstAsDefault(audio);
  return {
    ...base,
    revision: base.revision + 1,
    video: [...kept(base.video), ...added.video],
    audio: sounds,
    subtitles,
    trick: [...kept(base.trick), ...added.trick],
  };
}

type Track = { language: string; role: string; default: boolean };
const unset = <T extends Track>(tracks: readonly T[]) =>
  tracks.map((track) => ({ ...track, default: false }));
const defaultOf = <T extends Track>(tracks: readonly T[]) => tracks.find((track) => track.default);

/** A default that goes passes it on to the track of its language and role, stereo and surround alike. */
function withDefault<T extends Track>(tracks: T[], before: T | undefined): T[] {
  if (!before || tracks.some((track) => track.default)) return tracks;
  return tracks.map((track) =>
    track.language === before.language && track.role === before.role ? { ...track, default: true } : track,
  );
}

/** Something has to sound. */
function firstAsDefault<T extends Track>(tracks: T[]): T[] {
  const first = tracks.find(({ role }) => role === 'main') ?? tracks[0];
  return tracks.map((track) =>
    track.language === first?.language && track.role === first.role ? { ...track, default: true } : track,
  );
}

/** What an amendment must leave: what it keeps just as it was, something to see, and something to hear if there was. */
export function carriedFaults(base: Package | null, pack: Package): string[] {
  if (!base) return [];
  const renditions = ({ video, audio, subtitles, trick }: Package) => [
    ...video,
    ...audio,
    ...subtitles,
    ...trick,
  ];
  const before = new Map(renditions(base).map((rendition) => [rendition.id, rendition]));
  const changed = renditions(pack).filter((rendition) => {
    const was = before.get(rendition.id);
    return was && JSON.stringify(was.segments) !== JSON.stringify(rendition.segments);
  });
  const twice = renditions(pack).filter(({ id }, i, all) => all.findIndex((one) => one.id === id) !== i);
  return [
    ...changed.map(({ id }) => `${id} is not what it was`),
    ...twice.map(({ id }) => `${id} is there twice`),
    ...(pack.video.length > 0 ? [] : ['no rung is left']),
    ...(pack.audio.length > 0 || base.audio.length === 0 ? [] : ['no audio track is left']),
  ];
}

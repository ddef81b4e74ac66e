import type { Package } from '../../schema/package.ts';

type Sized = { bytes: number };
const sum = (files: readonly Sized[]): number => files.reduce((all, { bytes }) => all + bytes, 0);

/** Stored bytes of one rendition: its segments, and the header of those that have one. */
export const renditionBytes = ({ segments, init }: { segments: readonly Sized[]; init?: Sized }): number =>
  sum(segments) + (init?.bytes ?? 0);

export type StoredBytes = {
  videoBytes: number;
  audioBytes: number;
  subtitleBytes: number;
  pictureBytes: number;
  bytes: number;
};

/** Bytes of everything that a package lists, by kind. Playlists and the package itself, some kilobytes, are not counted. */
export function storedOf({ video, audio, subtitles, trick, pictures }: Package): StoredBytes {
  const each = (renditions: readonly Parameters<typeof renditionBytes>[0][]) =>
    renditions.reduce((all, rendition) => all + renditionBytes(rendition), 0);
  const videoBytes = each(video);
  const audioBytes = each(audio) + sum(audio.flatMap(({ facts }) => facts?.fingerprint ?? []));
  const subtitleBytes =
    each(subtitles) + sum(subtitles.flatMap(({ typeset }) => (typeset ? [typeset, ...typeset.fonts] : [])));
  const pictureBytes =
    each(trick) +
    sum([
      ...(pictures?.stills.flatMap(({ sizes }) => sizes.flatMap(({ files }) => files)) ?? []),
      ...(pictures?.storyboard?.sprites ?? []),
      ...[pictures?.preview, pictures?.waveform].flatMap((file) => file ?? []),
    ]);
  const bytes = videoBytes + audioBytes + subtitleBytes + pictureBytes;
  return { videoBytes, audioBytes, subtitleBytes, pictureBytes, bytes };
}

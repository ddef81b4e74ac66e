import type { Package } from '../../schema/package.ts';
import { select, type Terms } from './select.ts';

type Uri = { uri: string };

/**
 * Every file of a package that a grant lets a player fetch, by its `uri`: those of the renditions it may see, the originals and fonts
 * of their typeset subtitles, and the pictures that stand for the film, stills no taller than the grant. Null: nothing.
 */
export function filesOf(pkg: Package, terms: Terms): ReadonlySet<string> | null {
  const selection = select(pkg, terms);
  if (!selection) return null;
  const { video, audio, subtitles, trick } = selection;
  const media = [...video, ...audio, ...trick].flatMap(({ init, segments }) => [init, ...segments]);
  const words = subtitles.flatMap(({ segments, typeset }) => [
    ...segments,
    ...(typeset ? [typeset, ...typeset.fonts] : []),
  ]);
  return new Set([...media, ...words, ...picturesOf(pkg, terms)].map(({ uri }) => uri));
}

/** The waveform is for editors. */
function picturesOf({ pictures }: Package, { maxHeight }: Terms): Uri[] {
  if (!pictures) return [];
  const within = ({ width, height }: { width: number; height: number }) =>
    maxHeight === null || Math.min(width, height) <= maxHeight;
  const { storyboard, preview, stills } = pictures;
  return [
    ...stills.flatMap(({ sizes }) => sizes.filter(within).flatMap(({ files }) => files)),
    ...(storyboard ? [storyboard, ...storyboard.sprites] : []),
    ...(preview && within(preview) ? [preview] : []),
  ];
}

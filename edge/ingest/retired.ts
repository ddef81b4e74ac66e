import type { Package } from '../../schema/package.ts';

/** Every object that a package names, as an address under its prefix. */
function* addresses({ video, audio, subtitles, trick }: Package): Generator<string> {
  for (const { init, segments } of [...video, ...audio, ...trick]) {
    yield init.uri;
    for (const { uri } of segments) yield uri;
  }
  for (const { facts } of audio) if (facts?.fingerprint) yield facts.fingerprint.uri;
  for (const { segments, typeset } of subtitles) {
    for (const { uri } of segments) yield uri;
    if (!typeset) continue;
    yield typeset.uri;
    for (const { uri } of typeset.fonts) yield uri;
  }
}
/** Renditions have a folder each; a file that stands in none stays with the asset. */
const folders = (pack: Package): Set<string> =>
  new Set(
    [...addresses(pack)].filter((uri) => uri.includes('/')).map((uri) => uri.slice(0, uri.indexOf('/') + 1)),
  );

/** Prefixes of objects that the next revision of a package names no more: nobody who begins to play then will ask for them. */
export function retiredPrefixes(before: Package, after: Package): string[] {
  const kept = folders(after);
  return [...folders(before)].filter((folder) => !kept.has(folder)).map((folder) => before.prefix + folder);
}

import { readPackage } from '../../edge/platform/packages.ts';
import type { Id } from '../../schema/ids.ts';
import type { Package } from '../../schema/package.ts';
import type { World } from './world.ts';

const never = new AbortController().signal;

/** What the package task writes itself, beside what the package names. */
const own = (pack: Package): string[] => [
  'package.json',
  'certificate.json',
  'master.m3u8',
  ...[...pack.video, ...pack.audio, ...pack.subtitles, ...pack.trick].map(({ id }) => `${id}/index.m3u8`),
];

/** Every object that a package names, with its size. */
export function named(pack: Package): Map<string, number> {
  const files = [
    ...[...pack.video, ...pack.audio, ...pack.trick].flatMap(({ init, segments }) => [init, ...segments]),
    ...pack.subtitles.flatMap(({ segments, typeset }) => [
      ...segments,
      ...(typeset ? [typeset, ...typeset.fonts] : []),
    ]),
    ...pack.audio.flatMap(({ facts }) => facts?.fingerprint ?? []),
    ...(pack.pictures
      ? [
          ...pack.pictures.stills.flatMap(({ sizes }) => sizes.flatMap((size) => size.files)),
          ...(pack.pictures.preview ? [pack.pictures.preview] : []),
          ...(pack.pictures.waveform ? [pack.pictures.waveform] : []),
          ...(pack.pictures.storyboard?.sprites ?? []),
        ]
      : []),
  ];
  return new Map(files.map(({ uri, bytes }) => [uri, bytes]));
}

/** What is not as it should be with the files of a job: of a ready one, exactly what its package names is there. */
export async function stranger(world: World, id: Id<'job'>): Promise<{ wrong: string[]; orphans: string[] }> {
  const { job, asset, published } = await world.job(id);
  const stored = new Set<string>();
  for await (const keys of world.store.list(asset.prefix, { signal: never }))
    for (const key of keys) stored.add(key.slice(asset.prefix.length));
  if (job.state !== 'ready') return { wrong: [], orphans: [...stored].map((key) => asset.prefix + key) };
  const pack = await readPackage(world.edge.platform.bucket, asset.id, asset.revision);
  if (!pack) return { wrong: [`${id} has no package`], orphans: [] };
  const wanted = named(pack);
  const wrong: string[] = [];
  for (const [uri, bytes] of wanted) {
    const found = await world.store.size(asset.prefix + uri, { signal: never });
    if (found !== bytes) wrong.push(`${asset.prefix}${uri} has ${found ?? 'no'} bytes, not ${bytes}`);
  }
  if (published !== asset.id || !asset.verified) wrong.push(`${id} is ready and not published`);
  const known = new Set([
    ...wanted.keys(),
    ...own(pack),
    ...(pack.pictures?.storyboard ? [pack.pictures.storyboard.uri] : []),
  ]);
  return {
    wrong,
    orphans: [...stored].filter((key) => !known.has(key)).map((key) => asset.prefix + key),
  };
}

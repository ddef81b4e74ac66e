import { segmentRates } from '../../../schema/hls.ts';
import type { Measured } from '../../../schema/jobs/task.ts';
import type { Package, Segment } from '../../../schema/package.ts';
import type { Facts } from './measured.ts';

/** Rules of the static playlists, read back as text: nothing is believed of what wrote them. Each gives the faults it finds. */

type Listed = { attributes: ReadonlyMap<string, string>; uri: string };

/** Entries of one tag in a multivariant playlist: attributes, and the address, be it one of them or the next line. */
function entries(playlist: string, tag: string): Listed[] {
  const lines = playlist.split('\n');
  return lines.flatMap((line, i) => {
    if (!line.startsWith(`#${tag}:`)) return [];
    const pairs = line.slice(tag.length + 2).matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^",]+))/g);
    const attributes = new Map([...pairs].map(([, key, quoted, bare]) => [key!, quoted ?? bare ?? '']));
    return [{ attributes, uri: attributes.get('URI') ?? lines[i + 1] ?? '' }];
  });
}
const masterOf = ({ playlists }: Facts) => playlists.get('master.m3u8') ?? '';
const renditionOf = (uri: string) => uri.split('/')[0] ?? '';

/** What can be heard with a variant. */
const soundsOf = (master: string, variant: Listed, { audio }: Package) =>
  entries(master, 'EXT-X-MEDIA')
    .filter(({ attributes }) => attributes.get('TYPE') === 'AUDIO')
    .filter(({ attributes }) => attributes.get('GROUP-ID') === variant.attributes.get('AUDIO'))
    .flatMap(({ uri }) => audio.filter(({ id }) => id === renditionOf(uri)));

export function codecFaults(pack: Package, facts: Facts): string[] {
  const media = [...pack.video, ...pack.audio, ...pack.trick];
  const codecOf = (id: string) =>
    facts.inits.get(id)?.codec ?? media.find((rendition) => rendition.id === id)?.codec ?? '?';
  const master = masterOf(facts);
  const variants = [...entries(master, 'EXT-X-STREAM-INF'), ...entries(master, 'EXT-X-I-FRAME-STREAM-INF')];
  const faults = variants.flatMap((variant) => {
    const listed = variant.attributes.get('CODECS')?.split(',') ?? [];
    const sounds = soundsOf(master, variant, pack).map(({ id }) => codecOf(id));
    const wanted = new Set([codecOf(renditionOf(variant.uri)), ...sounds]);
    return listed.length === wanted.size && listed.every((codec) => wanted.has(codec))
      ? []
      : [`${variant.uri} lists ${listed.join()} for ${[...wanted].join()}`];
  });
  const misnamed = [...facts.inits].filter(([, init]) => init.reported !== init.codec);
  return [
    ...misnamed.map(([id, init]) => `${id} was reported as ${init.reported} and is ${init.codec}`),
    ...faults,
  ];
}

/** What each variant claims, and what it is: bit/s. */
function claims(pack: Package, facts: Facts) {
  const dearest = (all: readonly { segments: Segment[] }[], rate: 'peak' | 'average') =>
    Math.max(0, ...all.map(({ segments }) => segmentRates(segments)[rate]));
  const master = masterOf(facts);
  return entries(master, 'EXT-X-STREAM-INF').map((variant) => {
    const rung = pack.video.filter(({ id }) => id === renditionOf(variant.uri));
    const sounds = soundsOf(master, variant, pack);
    const sum = (rate: 'peak' | 'average') =>
      dearest(rung, rate) + dearest(sounds, rate) + dearest(pack.subtitles, rate);
    return {
      uri: variant.uri,
      claimed: Number(variant.attributes.get('BANDWIDTH')),
      usual: Number(variant.attributes.get('AVERAGE-BANDWIDTH')),
      peak: sum('peak'),
      average: sum('average'),
    };
  });
}
/** Of the average that a playlist says, in all of what is. */
const TOLERANCE = 0.02;
/** The largest deviation of an average. */
export const bandwidthMeasured = (pack: Package, facts: Facts): Measured => ({
  value: claims(pack, facts).reduce(
    (most, { usual, average }) => Math.max(most, Math.abs(usual / average - 1) * 100),
    0,
  ),
  unit: 'percent',
  limit: TOLERANCE * 100,
});

export function bandwidthFaults(pack: Package, facts: Facts): string[] {
  const variants = claims(pack, facts);
  const faults = variants.flatMap(({ uri, claimed, usual, peak, average }) => [
    ...(claimed >= peak ? [] : [`${uri} claims ${claimed} bit/s and peaks at ${Math.ceil(peak)}`]),
    ...(Math.abs(usual / average - 1) <= TOLERANCE
      ? []
      : [`${uri} claims ${usual} bit/s on average for ${Math.ceil(average)}`]),
  ]);
  const listed = new Set(variants.map(({ uri }) => renditionOf(uri)));
  const missing = pack.video.filter(({ id }) => !listed.has(id));
  return [...missing.map(({ id }) => `the playlist does not list ${id}`), ...faults];
}

/** Each media playlist lists exactly the segments that are stored, in order, as long as they are, under their keys. */
export function playlistFaults(pack: Package, facts: Facts): string[] {
  const renditions = [...pack.video, ...pack.audio, ...pack.subtitles, ...pack.trick];
  const faults = renditions.flatMap((rendition) => {
    const name = `${rendition.id}/index.m3u8`;
    const text = facts.playlists.get(name);
    if (text === undefined) return [`${name} is not there`];
    const listed = segmentsIn(text);
    const wanted = rendition.segments.map(
      ({ uri, duration, period }) => `../${uri} ${duration.toFixed(3)} ${pack.keyId === null ? '' : period}`,
    );
    const wrong = wanted.findIndex((segment, i) => segment !== listed[i]);
    return [
      ...(listed.length === wanted.length
        ? []
        : [`${name} lists ${listed.length} of ${wanted.length} segments`]),
      ...(wrong < 0 || listed.length <= wrong
        ? []
        : [`${name} has ${listed[wrong]} in place of ${wanted[wrong]}`]),
      ...(text.endsWith('#EXT-X-ENDLIST\n') ? [] : [`${name} does not end`]),
    ];
  });
  const named = new Set(['master.m3u8', ...renditions.map(({ id }) => `${id}/index.m3u8`)]);
  return [
    ...faults,
    ...[...facts.playlists.keys()].filter((key) => !named.has(key)).map((key) => `${key} is of nothing`),
  ];
}

/** Address, seconds and key period of each segment. */
function segmentsIn(playlist: string): string[] {
  const found: string[] = [];
  let seconds = '';
  let period = '';
  for (const line of playlist.split('\n')) {
    seconds = /^#EXTINF:([\d.]+),/.exec(line)?.[1] ?? seconds;
    period = /^#EXT-X-KEY:METHOD=AES-128,URI="[^"]*\/(\d+)"$/.exec(line)?.[1] ?? period;
    if (line !== '' && !line.startsWith('#')) found.push(`${line} ${Number(seconds).toFixed(3)} ${period}`);
  }
  return found;
}

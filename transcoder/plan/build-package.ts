import { masterPlaylist, mediaPlaylist } from '../../schema/hls.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { Package, Segment } from '../../schema/package.ts';
import { bitrates } from './bitrate.ts';
import { secondsOf } from './grid.ts';
import { periodSpans } from './periods.ts';
import type { InitFacts } from './codec.ts';
import type { MeasuredSegment } from './verify.ts';

export type Measured = {
  inits: ReadonlyMap<string, InitFacts & { uri: string; bytes: number }>;
  segments: ReadonlyMap<string, readonly (MeasuredSegment & { uri: string })[]>;
};

/** `package.json`, from the plan and from what was measured on the stored objects. */
export function buildPackage(
  plan: Plan,
  { assetId, prefix, keyId }: Pick<Package, 'assetId' | 'prefix' | 'keyId'>,
  { inits, segments }: Measured,
): Package {
  const media = (id: string) => {
    const init = inits.get(id) ?? { codec: '', timescale: 1, uri: '', bytes: 0 };
    const list: Segment[] = (segments.get(id) ?? []).map(({ uri, duration, bytes, period }) => ({
      uri,
      duration: duration / init.timescale,
      bytes,
      period,
    }));
    return {
      id,
      codec: init.codec,
      init: { uri: init.uri, bytes: init.bytes },
      segments: list,
      ...(list.length > 0 ? bitrates(list) : { bandwidth: 0, averageBandwidth: 0 }),
    };
  };
  const spans = periodSpans(plan);
  return {
    v: 1,
    assetId,
    prefix,
    duration: secondsOf(plan.frames, plan.frameRate),
    keyId,
    periods: plan.periods,
    video: plan.rungs.map(({ id, width, height }) => ({
      ...media(id),
      width,
      height,
      frameRate: plan.frameRate,
    })),
    audio: plan.audio.map(({ id, language, role, name, channels, default: isDefault }) => ({
      ...media(id),
      language,
      role,
      name,
      channels,
      default: isDefault,
      facts: null,
    })),
    subtitles: plan.subtitles.map(({ id, language, role, name, default: isDefault }) => ({
      id,
      language,
      role,
      name,
      default: isDefault,
      typeset: null,
      segments: (segments.get(id) ?? []).map(({ uri, bytes, period }) => {
        const span = spans[period] ?? { from: 0, to: 0 };
        return { uri, bytes, period, duration: span.to - span.from };
      }),
    })),
    chapters: plan.chapters,
    revision: 1,
    trick: [],
    pictures: null,
    analysis: { scenes: [], black: [], flashes: [], silence: [] },
  };
}

const playlistUri = (id: string): string => `${id}/index.m3u8`;

/**
 * The static playlists, by their key under the prefix, every address relative. Keys are at `key/{period}` under the prefix, where
 * nothing is stored: whoever serves these playlists must answer there with the 16 bytes, or refuse (ADR 0013).
 */
export function staticPlaylists(pack: Package): { key: string; text: string }[] {
  const renditions = [...pack.video, ...pack.audio, ...pack.subtitles];
  return [
    { key: 'master.m3u8', text: masterPlaylist(pack, playlistUri) },
    ...renditions.map((rendition) => ({
      key: playlistUri(rendition.id),
      text: mediaPlaylist(rendition, { file: (uri) => `../${uri}`, key: (period) => `../key/${period}` }),
    })),
  ];
}

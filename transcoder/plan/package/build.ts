import { iFramePlaylist, masterPlaylist, mediaPlaylist } from '../../../schema/hls.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import { isTrickId } from '../../../schema/ladder.ts';
import type { Package, Segment } from '../../../schema/package.ts';
import { bitrates } from './bitrate.ts';
import { secondsOf } from '../grid.ts';
import { periodSpans } from '../periods.ts';
import type { InitFacts } from '../codec.ts';
import type { MeasuredSegment, MeasuredText } from './measured.ts';
import type { Findings } from './reports.ts';
import { OFFSET_SECONDS } from '../timeline.ts';

/** What was read back from the store, by rendition. */
export type Measured = {
  inits: ReadonlyMap<string, InitFacts & { uri: string; bytes: number }>;
  segments: ReadonlyMap<string, readonly MeasuredSegment[]>;
  texts: ReadonlyMap<string, readonly MeasuredText[]>;
};

/** `package.json`, from the plan, from what was measured on the stored objects, and from what the tasks found out. */
export function buildPackage(
  plan: Plan,
  { assetId, prefix, keyId }: Pick<Package, 'assetId' | 'prefix' | 'keyId'>,
  { inits, segments, texts }: Measured,
  found: Findings,
): Package {
  const segmentsOf = (id: string): Segment[] => {
    const { timescale } = inits.get(id) ?? { timescale: 1 };
    return (segments.get(id) ?? []).map(({ uri, duration: ticks, bytes, period }) => ({
      uri,
      duration: ticks / timescale,
      bytes,
      period,
    }));
  };
  const media = (id: string, list: Segment[] = segmentsOf(id)) => {
    const init = inits.get(id) ?? NO_INIT;
    return {
      id,
      codec: init.codec,
      init: { uri: init.uri, bytes: init.bytes },
      segments: list,
      ...(list.length > 0 ? bitrates(list) : { bandwidth: 0, averageBandwidth: 0 }),
    };
  };
  const spans = periodSpans(plan);
  const duration = secondsOf(plan.frames, plan.frameRate);
  return {
    v: 1,
    assetId,
    prefix,
    duration,
    keyId,
    periods: plan.periods,
    video: plan.rungs.map(({ id, width, height }) => ({
      ...media(id),
      width,
      height,
      frameRate: plan.frameRate,
      ...(found.likeness.has(id) ? { ssim: found.likeness.get(id)! } : {}),
    })),
    audio: plan.audio.map(({ id, language, role, name, channels, default: isDefault }) => ({
      ...media(id),
      language,
      role,
      name,
      channels,
      default: isDefault,
      facts: found.audio.get(id) ?? null,
    })),
    subtitles: plan.subtitles.map(({ id, language, role, name, default: isDefault }) => ({
      id,
      language,
      role,
      name,
      default: isDefault,
      typeset: found.typeset.get(id) ?? null,
      segments: (texts.get(id) ?? []).map(({ uri, bytes, period }) => {
        const span = spans[period] ?? { from: 0, to: 0 };
        return { uri, bytes, period, duration: span.to - span.from };
      }),
    })),
    chapters: plan.chapters,
    revision: 1,
    trick: [...inits]
      .filter(([id]) => isTrickId(id))
      .map(([id, { width, height, timescale }]) => ({
        ...media(id, heldFrames(segments.get(id) ?? [], timescale, duration)),
        width,
        height,
      }))
      .sort((a, b) => a.height - b.height),
    pictures: found.pictures,
    analysis: found.analysis,
  };
}

const NO_INIT = { codec: '', timescale: 1, uri: '', bytes: 0 };

/** Key frames that stand alone: each lasts until the next one, the last one until the end [RFC 8216bis §4.4.3.6]. */
function heldFrames(frames: readonly MeasuredSegment[], timescale: number, duration: number): Segment[] {
  const starts = frames.map((frame) => (frame.decodeTime + frame.composition) / timescale - OFFSET_SECONDS);
  return frames.map(({ uri, bytes, period }, i) => ({
    uri,
    bytes,
    period,
    duration: (starts[i + 1] ?? duration) - starts[i]!,
  }));
}

const playlistUri = (id: string): string => `${id}/index.m3u8`;

/**
 * The static playlists, by their key under the prefix, every address relative. Keys are at `key/{period}` under the prefix, where
 * nothing is stored: whoever serves these playlists must answer there with the 16 bytes, or refuse (ADR 0013).
 */
export function staticPlaylists(pack: Package): { key: string; text: string }[] {
  const renditions = [...pack.video, ...pack.audio, ...pack.subtitles];
  const at = {
    file: (uri: string) => `../${uri}`,
    key: pack.keyId === null ? null : (period: number) => `../key/${period}`,
  };
  return [
    { key: 'master.m3u8', text: masterPlaylist(pack, playlistUri) },
    ...renditions.map((rendition) => ({
      key: playlistUri(rendition.id),
      text: mediaPlaylist(rendition, at),
    })),
    ...pack.trick.map((rendition) => ({
      key: playlistUri(rendition.id),
      text: iFramePlaylist(rendition, at),
    })),
  ];
}

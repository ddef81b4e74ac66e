import type { AssetView } from '../../schema/api/media.ts';
import { isOver } from '../../schema/jobs/state.ts';
import type { Still } from '../../schema/media-facts.ts';
import type { Package } from '../../schema/package.ts';
import type { MediaRows } from './queries/media.ts';
import { renditionBytes } from './stored.ts';

/** Stills in the dashboard's lists are about so wide, px. */
const STILL_WIDTH = 480;

/**
 * One asset as editors see it: its row, its jobs and, once there is one, its package.
 * @param address of a file, from its `uri` in the package
 */
export function assetView(
  asset: MediaRows['assets'][number],
  { episode, jobs, gone }: Pick<MediaRows, 'episode' | 'jobs' | 'gone'>,
  pack: Package | null,
  address: (uri: string) => string,
): AssetView {
  const own = jobs.filter(({ assetId }) => assetId === asset.id);
  return {
    id: asset.id,
    version: asset.version,
    revision: asset.revision,
    jobId: own.find(({ amends }) => !amends)?.id ?? null,
    fileName: asset.fileName,
    verified: asset.verified,
    published: episode.assetId === asset.id && episode.publishedAt !== null,
    encrypted: asset.keyId !== null,
    warnings: asset.warnings ?? [],
    override: asset.override && { reason: asset.override.reason, at: asset.override.at },
    duration: pack?.duration ?? null,
    video: (pack?.video ?? []).map((rung) => ({
      id: rung.id,
      codec: rung.codec,
      width: rung.width,
      height: rung.height,
      bandwidth: rung.bandwidth,
      averageBandwidth: rung.averageBandwidth,
      bytes: renditionBytes(rung),
      ssim: rung.ssim ?? null,
    })),
    audio: (pack?.audio ?? []).map((track) => ({
      id: track.id,
      language: track.language,
      name: track.name,
      default: track.default,
      role: track.role,
      channels: track.channels,
      averageBandwidth: track.averageBandwidth,
      bytes: renditionBytes(track),
      facts: track.facts,
    })),
    subtitles: (pack?.subtitles ?? []).map((track) => ({
      id: track.id,
      language: track.language,
      name: track.name,
      default: track.default,
      role: track.role,
      bytes: renditionBytes(track),
      typeset: track.typeset !== null,
      fonts: track.typeset?.fonts.map(({ family }) => family) ?? [],
    })),
    bytes: asset.bytes,
    stored: {
      source: asset.sourceBytes,
      video: asset.videoBytes,
      audio: asset.audioBytes,
      subtitles: asset.subtitleBytes,
      pictures: asset.pictureBytes,
      total: asset.bytes + (gone.has(asset.sourceKey) ? 0 : asset.sourceBytes),
    },
    sourceGone: gone.has(asset.sourceKey),
    publishAt: episode.publishAssetId === asset.id ? episode.publishAt : null,
    stills: (pack?.pictures?.stills ?? []).flatMap((still) => shown(still, address)),
    amending: own.filter(({ amends, state }) => amends && !isOver(state)).map(({ id }) => id),
    createdAt: asset.createdAt,
  };
}

/** The smallest file of the smallest size that is wide enough, or of the largest there is. */
function shown({ sizes }: Still, address: (uri: string) => string): AssetView['stills'] {
  const size = sizes.find(({ width }) => width >= STILL_WIDTH) ?? sizes.at(-1);
  const file = size?.files[0];
  return size && file ? [{ url: address(file.uri), width: size.width, height: size.height }] : [];
}

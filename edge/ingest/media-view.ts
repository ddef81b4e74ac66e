import type { AssetView } from '../../schema/api/media.ts';
import { isOver } from '../../schema/jobs/state.ts';
import type { Still } from '../../schema/media-facts.ts';
import type { Package } from '../../schema/package.ts';
import type { MediaRows } from './queries/media.ts';

/** Stills in the dashboard's lists are about so wide, px. */
const STILL_WIDTH = 480;

/**
 * One asset as editors see it: its row, its jobs and, once there is one, its package.
 * @param address of a file, from its `uri` in the package
 */
export function assetView(
  asset: MediaRows['assets'][number],
  { episode, jobs }: Pick<MediaRows, 'episode' | 'jobs'>,
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
    video: (pack?.video ?? []).map(({ id, codec, width, height, bandwidth, averageBandwidth }) => ({
      id,
      codec,
      width,
      height,
      bandwidth,
      averageBandwidth,
    })),
    audio: (pack?.audio ?? []).map(({ id, language, name, default: first, role, channels, facts }) => ({
      id,
      language,
      name,
      default: first,
      role,
      channels,
      facts,
    })),
    subtitles: (pack?.subtitles ?? []).map(({ id, language, name, default: first, role, typeset }) => ({
      id,
      language,
      name,
      default: first,
      role,
      typeset: typeset !== null,
      fonts: typeset?.fonts.map(({ family }) => family) ?? [],
    })),
    bytes: pack ? bytesOf(pack) : 0,
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

/** Of everything a package lists. */
export function bytesOf({ video, audio, subtitles, trick, pictures }: Package): number {
  const media = [...video, ...audio, ...trick];
  const files = [
    ...[...media, ...subtitles].flatMap(({ segments }) => segments),
    ...media.map(({ init }) => init),
    ...audio.flatMap(({ facts }) => facts?.fingerprint ?? []),
    ...subtitles.flatMap(({ typeset }) => (typeset ? [typeset, ...typeset.fonts] : [])),
    ...(pictures?.stills.flatMap(({ sizes }) => sizes.flatMap(({ files }) => files)) ?? []),
    ...(pictures?.storyboard?.sprites ?? []),
    ...[pictures?.preview, pictures?.waveform].flatMap((file) => file ?? []),
  ];
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

import type { JobView } from '../../../../schema/api/ingest.ts';
import type { AssetView } from '../../../../schema/api/media.ts';
import type { EncodeSettings } from '../../../../schema/jobs/settings.ts';

/** How x264's presets compare in time for the same pictures, `fast` being 1: measured by x264's own makers and near enough for a guess. */
const EFFORT: Record<NonNullable<EncodeSettings['preset']>, number> = {
  ultrafast: 0.2,
  superfast: 0.35,
  veryfast: 0.55,
  faster: 0.8,
  fast: 1,
  medium: 1.3,
  slow: 2,
  slower: 4,
  veryslow: 8,
};
/** So much more CRF halves the bytes, about. */
const HALVES = 6;

/** What one thing about the next version will be, in the terms of its words. */
export type Change =
  | { what: 'crf'; before: number; after: number }
  | { what: 'preset'; before: EncodeSettings['preset']; after: EncodeSettings['preset'] }
  /** `lost`: heights of rungs that there are now and will not be. */
  | { what: 'height'; height: number; lost: number[] }
  | { what: 'taller' | 'all' | 'av1' | 'clear' | 'sealed' | 'publish' | 'tracks' };

/** What will differ from the present version if its source is encoded with other settings. */
export function changesOf(
  asset: Pick<AssetView, 'video' | 'encrypted' | 'revision'>,
  before: EncodeSettings,
  after: EncodeSettings,
  publishWhenReady: boolean,
): Change[] {
  const changes: Change[] = [];
  if (after.crf !== before.crf) changes.push({ what: 'crf', before: before.crf, after: after.crf });
  if (after.preset !== before.preset)
    changes.push({ what: 'preset', before: before.preset, after: after.preset });
  const cap = after.maxHeight;
  const lost =
    cap === null ? [] : asset.video.filter(({ height }) => height > cap).map(({ height }) => height);
  if (cap !== null && lost.length > 0)
    changes.push({ what: 'height', height: cap, lost: [...new Set(lost)] });
  if (before.maxHeight !== null && (cap === null || cap > before.maxHeight)) changes.push({ what: 'taller' });
  if (after.ladder === 'all' && before.ladder !== 'all') changes.push({ what: 'all' });
  if (after.av1) changes.push({ what: 'av1' });
  if (after.encryption === 'none' && asset.encrypted) changes.push({ what: 'clear' });
  if (after.encryption !== 'none' && !asset.encrypted) changes.push({ what: 'sealed' });
  if (publishWhenReady) changes.push({ what: 'publish' });
  // An amendment added or took away something that the source does not know of.
  if (asset.revision > 1) changes.push({ what: 'tracks' });
  return changes;
}

/** Bytes stored, and seconds of one core. */
export type Estimate = { bytes: number; seconds: number };

/**
 * What the next version will take, by what the present one took: its H.264 rungs that stay, at another CRF and preset. Null where that
 * is not known, or where it need not be alike: rungs that are not there now.
 */
export function estimateOf(
  { video, stored, bytes }: Pick<AssetView, 'video' | 'stored' | 'bytes'>,
  job: Pick<JobView, 'settings' | 'tasks'>,
  after: EncodeSettings,
): Estimate | null {
  const before = job.settings;
  const taller = before.maxHeight !== null && (after.maxHeight ?? Infinity) > before.maxHeight;
  if (taller || (after.ladder === 'all' && before.ladder !== 'all')) return null;
  const own = video.filter(({ codec }) => codec.startsWith('avc'));
  const kept = own.filter(({ height }) => height <= (after.maxHeight ?? Infinity));
  const worked = job.tasks.flatMap(({ kind, startedAt, finishedAt }) =>
    startedAt === null || finishedAt === null ? [] : [{ kind, seconds: (finishedAt - startedAt) / 1000 }],
  );
  const pixels = (rungs: typeof video) => rungs.reduce((sum, { width, height }) => sum + width * height, 0);
  const sum = (of: readonly { bytes: number }[]) => of.reduce((all, one) => all + one.bytes, 0);
  if (own.length === 0 || kept.length === 0 || worked.length === 0) return null;
  const scale = 2 ** ((before.crf - after.crf) / HALVES);
  const effort =
    EFFORT[after.preset ?? before.preset ?? 'fast'] / EFFORT[before.preset ?? after.preset ?? 'fast'];
  const encode = worked
    .filter(({ kind }) => kind === 'video-chunk')
    .reduce((all, one) => all + one.seconds, 0);
  const rest = worked
    .filter(({ kind }) => kind !== 'video-chunk' && kind !== 'markers')
    .reduce((all, one) => all + one.seconds, 0);
  return {
    bytes: Math.round(sum(kept) * scale + (bytes - stored.video)),
    seconds: rest + (encode * effort * pixels(kept)) / pixels(own),
  };
}

import type { NewTrack } from '../../schema/api/ingest.ts';
import type { Begun } from '../../schema/api/media.ts';
import { surroundTwins } from '../../schema/hls-groups.ts';
import type { Id } from '../../schema/ids.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { Change } from '../../schema/jobs/task.ts';
import type { Package } from '../../schema/package.ts';
import { Problem } from '../http/problem.ts';
import { presentPackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import {
  amendAsset,
  changesUnderWay,
  completeTrack,
  presentAsset,
  readAsset,
  type Amendment,
  type AssetRow,
} from './queries/amendments.ts';
import { hasSource } from './queries/storage.ts';
import { basePlan } from './queries/tasks.ts';
import { assetSince } from './queries/upload-list.ts';
import { holdUpload, type UploadRow } from './queries/uploads.ts';
import { started } from './start.ts';

/**
 * The asset that a track of an episode joins, and leave to take the place of what it is to replace.
 * @throws Problem `conflict` where there is no video yet, `not-found` for a rendition to replace that is not of its kind or not there
 */
export async function assetForTrack(
  platform: Platform,
  episodeId: Id<'episode'>,
  { kind, replaces }: Pick<NewTrack, 'kind' | 'replaces'>,
): Promise<AssetRow> {
  const asset = await presentAsset(platform.db, episodeId);
  if (!asset)
    throw new Problem(
      'conflict',
      'A track joins a finished video, and this episode has none. Upload the video first.',
    );
  if (replaces === null) return asset;
  const pack = await presentPackage(platform.bucket, asset);
  if (!pack[kind].some(({ id }) => id === replaces))
    throw new Problem('not-found', `There is no ${kind} rendition ${replaces} to replace.`);
  return asset;
}

/** How long a track waits for its video: encoding, a failed job that somebody has to look at, another file. */
const HELD_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * A stored track file becomes an amendment of the episode's present asset; one that was sent along with a video, of that video's asset, for
 * which it waits.
 * @throws as `assetForTrack`
 */
export async function beginTrack(platform: Platform, upload: UploadRow, track: NewTrack): Promise<void> {
  const { after, episodeId } = upload;
  const asset = after
    ? await assetSince(platform.db, episodeId, after)
    : await assetForTrack(platform, episodeId, track);
  if (asset) await amendWith(platform, upload, track, asset);
  else if (upload.state === 'open') await holdUpload(platform.db, upload.id, platform.now() + HELD_MS);
}

async function amendWith(
  platform: Platform,
  upload: UploadRow,
  track: NewTrack,
  asset: AssetRow,
): Promise<void> {
  const { replaces, ...add } = track;
  const remove = replaces === null ? [] : allOfTrack(await presentPackage(platform.bucket, asset), replaces);
  const amendment = {
    ...prepared(platform, asset, { add, remove }, upload.userId),
    source: { key: upload.key, bytes: upload.bytes, fileName: upload.fileName },
  };
  if (await completeTrack(platform.db, upload.id, amendment))
    await started(platform, amendment.jobId, amendment.taskId);
}

/** A track that is replaced goes whole, in stereo and in 5.1: what would stay of it is another recording than the new one. */
function allOfTrack({ audio }: Package, rendition: string): string[] {
  const pair = [...surroundTwins(audio)].find(([id, twin]) => id === rendition || twin.id === rendition);
  return pair ? [pair[0], pair[1].id] : [rendition];
}

const prepared = (
  { newId, now }: Platform,
  asset: AssetRow,
  change: Omit<Change, 'number'>,
  userId: string,
): Amendment => ({
  asset,
  jobId: newId('job'),
  taskId: newId('task'),
  change,
  plan: null,
  source: null,
  settings: null,
  userId,
  now: now(),
});

/**
 * Takes an audio or subtitle rendition out of an asset; with stereo, which every player plays, its 5.1 goes.
 * @throws Problem `not-found`, or `conflict` for the last sound of a video, or one that is going already
 */
export async function removeTrack(
  platform: Platform,
  assetId: Id<'asset'>,
  rendition: string,
  userId: string,
): Promise<Begun> {
  const { asset, pack } = await finished(platform, assetId);
  const tracks = [...pack.audio, ...pack.subtitles];
  if (!tracks.some(({ id }) => id === rendition))
    throw new Problem(
      'not-found',
      `The asset has no track ${rendition}. It has ${tracks.map(({ id }) => id).join(', ')}.`,
    );
  const going = new Set((await changesUnderWay(platform.db, asset)).flatMap(({ remove }) => remove));
  if (going.has(rendition)) throw new Problem('conflict', `${rendition} is being removed already.`);
  const twin = surroundTwins(pack.audio).get(rendition);
  const remove = twin ? [rendition, twin.id] : [rendition];
  const left = pack.audio.filter(({ id }) => !remove.includes(id) && !going.has(id));
  if (pack.audio.length > 0 && left.length === 0)
    throw new Problem('conflict', 'This is the last sound of the video. Add another track first.');
  const plan = nothingToEncode(await basePlan(platform.db, asset.id));
  return begin(platform, {
    ...prepared(platform, asset, { add: null, remove }, userId),
    plan,
  });
}

const nothingToEncode = (base: Plan): Plan => ({
  ...base,
  rungs: [],
  audio: [],
  subtitles: [],
  dropped: [],
  warnings: [],
});

/** Gives an asset a second ladder. @throws Problem `not-found`, or `conflict` where it has one or is being given one */
export async function addAv1(platform: Platform, assetId: Id<'asset'>, userId: string): Promise<Begun> {
  const { asset, pack } = await finished(platform, assetId);
  if (pack.video.some(({ codec }) => codec.startsWith('av01')))
    throw new Problem('conflict', 'The asset has an AV1 ladder already.');
  if (!(await hasSource(platform.db, asset.id)))
    throw new Problem(
      'conflict',
      'Its source is deleted: nothing more can be made from it. Upload the file again.',
    );
  return begin(platform, prepared(platform, asset, { add: { kind: 'av1' }, remove: [] }, userId));
}

async function finished(
  { db, bucket }: Platform,
  assetId: Id<'asset'>,
): Promise<{ asset: AssetRow; pack: Package }> {
  const asset = await readAsset(db, assetId);
  if (!asset) throw new Problem('not-found', 'There is no such asset.');
  if (!asset.verified)
    throw new Problem('conflict', 'Only a finished asset can be changed; its job shows what is missing.');
  return { asset, pack: await presentPackage(bucket, asset) };
}

async function begin(platform: Platform, amendment: Amendment): Promise<Begun> {
  const { jobId, taskId } = amendment;
  if (!(await amendAsset(platform.db, amendment)))
    throw new Problem('conflict', 'This change is being made already; its job is among the others.');
  await started(platform, jobId, taskId);
  return { jobId };
}

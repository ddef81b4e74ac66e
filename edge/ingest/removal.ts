import type * as v from 'valibot';
import type { Freed } from '../../schema/api/media.ts';
import type { Id } from '../../schema/ids.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { markDeleted, markSourceDeleted, standing, type Standing } from './queries/storage.ts';

type Answer = v.InferOutput<typeof Freed>;

/**
 * Deletes a version for good. The store is cleared by the sweeper within a minute or two.
 * @throws Problem `not-found`, or `conflict` for one that viewers get, are to get or may be watching, and for one that is worked on
 */
export async function deleteVersion(platform: Platform, id: Id<'asset'>): Promise<Answer> {
  const found = await find(platform, id);
  const { asset, episode, working, source, siblings } = found;
  if (episode.assetId === id)
    throw new Problem(
      'conflict',
      'Viewers get this version. Publish another one first, or unpublish the episode.',
    );
  if (episode.publishAssetId === id)
    throw new Problem(
      'conflict',
      'Viewers are to get this version: its publication is scheduled. Take that back first.',
    );
  if (working) throw busy(working);
  const watching = await platform.streams.audience(id).watching();
  if (watching)
    throw new Problem('conflict', {
      detail: `${watching.accounts === 1 ? 'Somebody' : `${watching.accounts} accounts`} began to watch this version and may go on with it until ${new Date(watching.until).toISOString()}. Delete it afterwards.`,
      retryAt: watching.until,
    });
  if (!(await markDeleted(platform.db, found, platform.now())))
    throw new Problem('conflict', 'It was published or deleted at the same moment.');
  return { bytes: asset.bytes + (source && siblings === 0 ? source.bytes : 0) };
}

/**
 * Deletes the file that a version was made from, for good. The version plays on; it cannot be encoded again, nor be given AV1.
 * @throws Problem `not-found`, or `conflict` for one that is gone or that a job reads
 */
export async function deleteSource(platform: Platform, id: Id<'asset'>): Promise<Answer> {
  const { asset, source, reading, working } = await find(platform, id);
  if (!source) throw new Problem('conflict', 'The file is gone already.');
  const job = reading ?? working;
  if (job) throw busy(job);
  if (!asset.verified)
    throw new Problem(
      'conflict',
      'Nothing was made of this file yet. Delete the version, or try its job again.',
    );
  const bytes = await markSourceDeleted(platform.db, source.key, platform.now());
  if (bytes === null) throw new Problem('conflict', 'The file is gone already.');
  return { bytes };
}

async function find({ db }: Platform, id: Id<'asset'>): Promise<Standing> {
  const found = await standing(db, id);
  if (!found) throw new Problem('not-found', 'There is no such version, or it is deleted.');
  return found;
}

const busy = (id: Id<'job'>) =>
  new Problem('conflict', `Job ${id} works on it. Wait for it to end, or cancel it.`);

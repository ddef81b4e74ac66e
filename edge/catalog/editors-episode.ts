import { eq } from 'drizzle-orm';
import type { AdminEpisode } from '../../schema/api/editing.ts';
import { episodes } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { adminEpisodes } from './admin-episode-queries.ts';
import { adminEpisode } from './edits.ts';

/** An episode as editors see it, for other slices that answer with one. */
export async function editorsEpisode(db: Db, id: Id<'episode'>): Promise<AdminEpisode | undefined> {
  const [row] = await adminEpisodes(db).where(eq(episodes.id, id));
  return row && adminEpisode(row);
}

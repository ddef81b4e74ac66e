import { env } from 'cloudflare:workers';
import { licences } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import { listAnew } from '../catalog/listing.ts';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';

type Terms = Partial<Omit<typeof licences.$inferInsert, 'id' | 'titleId'>>;

/** Lets a title be listed: by a licence for the whole world without an end, unless other terms are given. As the API leaves it. */
export async function licensed(titleId: Id<'title'>, terms: Terms = {}): Promise<Id<'licence'>> {
  const id = newId('licence');
  await database(env.DB)
    .insert(licences)
    .values({ territoryMode: 'exclude', countries: [], createdAt: 0, ...terms, id, titleId });
  await listAnew(platform(env), titleId);
  return id;
}

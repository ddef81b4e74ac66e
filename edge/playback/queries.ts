import { eq } from 'drizzle-orm';
import type { Id } from '../../schema/ids.ts';
import type { Marker } from '../../schema/media-facts.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { licences } from '../../schema/db/rights.ts';
import type { Db } from '../platform/db.ts';
import type { LicenceTerms, Subject } from '../rights/decide.ts';

export type Playable = {
  episode: Subject;
  asset: { assetId: Id<'asset'>; revision: number } | null;
  markers: Marker[];
  licences: LicenceTerms[];
};

/** Everything a play asks of D1, in one round trip: one row of the episode, one per licence of its title. */
export async function playable(db: Db, episodeId: Id<'episode'>): Promise<Playable | null> {
  const rows = await db
    .select({
      assetId: episodes.assetId,
      revision: episodes.assetRevision,
      found: episodes.markers,
      edited: episodes.editedMarkers,
      publishedAt: episodes.publishedAt,
      airsAt: episodes.airsAt,
      licence: {
        id: licences.id,
        territoryMode: licences.territoryMode,
        countries: licences.countries,
        startsAt: licences.startsAt,
        endsAt: licences.endsAt,
        maxHeight: licences.maxHeight,
        audioLanguages: licences.audioLanguages,
        subtitleLanguages: licences.subtitleLanguages,
      },
    })
    .from(episodes)
    .leftJoin(licences, eq(licences.titleId, episodes.titleId))
    .where(eq(episodes.id, episodeId));
  const first = rows[0];
  if (!first) return null;
  return {
    episode: { published: first.assetId !== null && first.publishedAt !== null, airsAt: first.airsAt },
    asset: first.assetId && { assetId: first.assetId, revision: first.revision },
    markers: first.edited ?? first.found ?? [],
    licences: rows.flatMap(({ licence }) => licence ?? []),
  };
}

import { env } from 'cloudflare:workers';
import { eq, sql } from 'drizzle-orm';
import { asyncProperty, array, assert, constantFrom, nat, oneof, record, subarray } from 'fast-check';
import { expect, it } from 'vitest';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { titleFacets, titles } from '../../schema/db/catalog.ts';
import { database } from '../platform/db.ts';
import { writeFacets } from './title-facts.ts';

const db = database(env.DB);
const id = (n: number) => `ttl_counted${n}` as const;

/** What triggers keep (schema/db/facets.sql), and what a walk through everything finds. */
const kept = () =>
  db.all(
    sql`select kind, value, shown_in, age_rating, titles from facet_counts order by kind, value, shown_in, age_rating`,
  );
const walked = () =>
  db.all(
    sql`select f.kind, f.value, shown_in, age_rating, count(*) as titles from title_facets f join titles on titles.id = f.title_id where taken_down_at is null group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );

const look = record({
  shownIn: constantFrom('*', ' JP ', ''),
  ageRating: constantFrom(...ageRatings.slice(0, 3)),
  takenDownAt: constantFrom(null, 1),
});
const step = oneof(
  record({ make: nat(3), look }),
  record({ change: nat(3), look }),
  record({ facets: nat(3), genres: subarray(['Drama', 'Sports', 'ＳＦ', 'sf']) }),
  record({ erase: nat(3) }),
);

it('how many titles have a facet is what a walk would count, whatever was changed in whatever order', async () => {
  await assert(
    asyncProperty(array(step, { maxLength: 20 }), async (steps) => {
      await db.delete(titles);
      for (const one of steps)
        if ('make' in one)
          await db
            .insert(titles)
            .values({
              id: id(one.make),
              slug: id(one.make),
              nameMain: 'x',
              kind: 'series',
              status: 'airing',
              createdAt: 1,
              updatedAt: 1,
              ...one.look,
            })
            .onConflictDoNothing();
        else if ('change' in one)
          await db
            .update(titles)
            .set(one.look)
            .where(eq(titles.id, id(one.change)));
        else if ('facets' in one) {
          const [first, ...rest] = writeFacets(db, id(one.facets), { genres: one.genres, kind: 'movie' });
          await db.batch([first!, ...rest]);
        } else await db.delete(titles).where(eq(titles.id, id(one.erase)));
      expect(await kept()).toEqual(await walked());
    }),
    { numRuns: 60 },
  );
  await db.delete(titles);
  expect(await db.select().from(titleFacets)).toEqual([]);
  expect(await kept()).toEqual([]);
}, 60_000);

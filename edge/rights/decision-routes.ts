import { Hono } from 'hono';
import * as v from 'valibot';
import { Decision, DecisionQuery } from '../../schema/api/rights.ts';
import { idSchema } from '../../schema/ids.ts';
import { heldBy, planById } from '../billing/held-by.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import { episodeRights } from './queries.ts';
import type { Viewer } from './terms.ts';
import { trace } from './trace.ts';

type Asked = v.InferOutput<typeof DecisionQuery>;

/** The viewer that was made up; with `as`, with what somebody really has. */
async function viewerOf(
  db: Db,
  { country, plan, age, as }: Asked,
  titleId: Parameters<typeof heldBy>[2],
): Promise<Viewer> {
  const real = as ? await heldBy(db, as, titleId) : { subscription: null, purchases: [] };
  if (!real) throw new Problem('not-found', 'There is no such account.');
  const viewer = { country: country ?? null, signedIn: true, ageCeiling: age, ...real };
  if (!plan) return viewer;
  const terms = await planById(db, plan);
  if (!terms) throw new Problem('not-found', `There is no plan ${plan}.`);
  return { ...viewer, subscription: { plan: terms, since: -Infinity, until: null } };
}

/** Why somebody may or may not watch: for editors and support. */
export const decisionAdmin = new Hono<AppEnv>().get(
  '/api/admin/episodes/:id/decision',
  allow('editor'),
  accepts('param', v.object({ id: idSchema('episode') })),
  accepts('query', DecisionQuery),
  returns('What a made-up viewer would be answered, and what each licence and holdback says of it', {
    200: Decision,
  }),
  async (c) => {
    const { db, now } = c.var.platform;
    const asked = c.req.valid('query');
    const found = await episodeRights(db, c.req.valid('param').id);
    if (!found) throw new Problem('not-found', 'There is no such episode.');
    const { episode, title, licences, holdbacks } = found;
    const viewer = await viewerOf(db, asked, episode.titleId);
    const subject = {
      ...episode,
      published: episode.assetId !== null && episode.publishedAt !== null,
      ageRating: title.ageRating,
      takenDown: (episode.takenDownAt ?? title.takenDownAt) !== null,
    };
    const at = asked.at ?? now();
    const { answer, ...rows } = trace(viewer, subject, { licences, holdbacks }, at);
    return c.json(
      {
        at,
        granted: answer.granted,
        reason: answer.granted ? null : answer.reason,
        retryAt: answer.granted ? null : answer.retryAt,
        offer: answer.granted ? null : answer.offer,
        grant: answer.granted ? grantView(answer) : null,
        ...rows,
      } satisfies Decision,
      200,
    );
  },
);

const grantView = ({
  granted: _granted,
  begins: _begins,
  audio,
  subtitles,
  ...grant
}: Extract<ReturnType<typeof trace>['answer'], { granted: true }>) => ({
  ...grant,
  audio: audio && [...audio],
  subtitles: subtitles && [...subtitles],
});

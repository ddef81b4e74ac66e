import { Hono } from 'hono';
import * as v from 'valibot';
import { Decision, DecisionQuery } from '../../schema/api/rights.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { madeUpViewer } from './made-up.ts';
import { nextChange } from './next-change.ts';
import { episodeRights } from './queries.ts';
import { trace } from './trace.ts';

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
    // What a person has is for those who may open their account.
    if (asked.as && (await c.var.currentRole(signedIn(await c.var.actor()))) !== 'admin')
      throw new Problem('not-allowed', '`as` needs the role admin.');
    const found = await episodeRights(db, c.req.valid('param').id);
    if (!found) throw new Problem('not-found', 'There is no such episode.');
    const { episode, title, licences, holdbacks } = found;
    const viewer = await madeUpViewer(db, asked, episode.titleId);
    const subject = {
      ...episode,
      published:
        asked.asIfPublished === 'yes' ||
        (episode.assetId !== null && episode.publishedAt !== null && !title.draft),
      ageRating: title.ageRating,
      takenDown: (episode.takenDownAt ?? title.takenDownAt) !== null,
    };
    const at = asked.at ?? now();
    const rights = { licences, holdbacks };
    const { answer, ...rows } = trace(viewer, subject, rights, at);
    const { id, titleId, season, number, name } = episode;
    return c.json(
      {
        at,
        episode: { id, titleId, titleName: title.name, season, number, name },
        changesAt: nextChange(viewer, subject, rights, at),
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

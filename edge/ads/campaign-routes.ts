import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import {
  Campaign,
  CampaignChange,
  CampaignNumbers,
  CampaignPage,
  CampaignsQuery,
  Creative,
  CreativeParam,
  NewCampaign,
  NumbersQuery,
  TagTried,
  TryTag,
  type CampaignState,
} from '../../schema/api/ads.ts';
import { campaigns } from '../../schema/db/ads.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import {
  campaignRow,
  changeCampaign,
  deleteDraft,
  filmRow,
  listCampaigns,
  sumsBy,
  titleNames,
  type CampaignRow,
} from './campaign-queries.ts';
import { campaignView, creativeOf, misfits, unready, type Wrong } from './campaigns.ts';
import { paceOf } from './numbers.ts';
import { campaignsChanged } from './running.ts';
import { tryTag } from './try-tag.ts';

const PAGE = 50;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const Position = v.tuple([v.number(), idSchema('campaign')]);
const byId = accepts('param', v.object({ id: idSchema('campaign') }));

/** What is shown in breaks, to whom, how often: for admins, since it is sold. */
export const campaignsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/campaigns',
    allow('admin'),
    accepts('query', CampaignsQuery),
    returns('Campaigns, the newest first', { 200: CampaignPage }),
    async (c) => {
      const { cursor, state, limit = PAGE } = c.req.valid('query');
      const rows = await listCampaigns(c.var.platform.db, state, decodeCursor(Position, cursor), limit);
      return c.json(
        toPage(rows, limit, listed, ({ createdAt, id }) => [createdAt, id]),
        200,
      );
    },
  )
  .post(
    '/api/admin/campaigns',
    allow('admin'),
    accepts('json', NewCampaign),
    returns('Makes a campaign, as a draft', { 201: Campaign }),
    async (c) => {
      const { platform } = c.var;
      const now = platform.now();
      const id = platform.newId('campaign');
      const made = { id, state: 'draft' as const, shown: 0, createdAt: now, updatedAt: now };
      const row: CampaignRow = { ...c.req.valid('json'), ...made };
      refuse(misfits(row, platform));
      await filmOf(platform, row); // one that is not there is no reference to keep
      await platform.db.insert(campaigns).values(row);
      return c.json(await shown(platform, id), 201);
    },
  )
  .post(
    '/api/admin/campaigns/try',
    allow('admin'),
    accepts('json', TryTag),
    returns('What a VAST tag gives now, and what of it could be shown; nothing is counted', {
      200: TagTried,
    }),
    async (c) => c.json(await tryTag(c.req.valid('json').vastUrl, c.var.platform), 200),
  )
  .get(
    '/api/admin/campaigns/:id',
    allow('admin'),
    byId,
    returns('A campaign', { 200: Campaign }),
    async (c) => c.json(await shown(c.var.platform, c.req.valid('param').id), 200),
  )
  .patch(
    '/api/admin/campaigns/:id',
    allow('admin'),
    byId,
    accepts('json', CampaignChange),
    returns('Changes a campaign that has not ended', { 200: Campaign }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      const change = c.req.valid('json') as Partial<CampaignRow>; // what is left out is not there: JSON has no undefined
      const before = await found(platform, id);
      const row: CampaignRow = { ...before, ...change };
      const film = await filmOf(platform, row);
      const now = platform.now();
      refuse([
        ...misfits(row, platform),
        ...(before.state === 'running' ? unready(row, film, now, platform) : []),
      ]);
      // As it was when it was looked at: what starts meanwhile has to be looked at anew.
      if (
        before.state === 'ended' ||
        !(await changeCampaign(platform.db, id, [before.state], { ...change, updatedAt: now }))
      )
        throw new Problem(
          'conflict',
          'A campaign that has ended stays as it is; one that was just started or paused is read anew.',
        );
      campaignsChanged(platform);
      return c.json(await shown(platform, id), 200);
    },
  )
  .delete(
    '/api/admin/campaigns/:id',
    allow('admin'),
    byId,
    returns('Takes a draft away', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await found(platform, id);
      if (!(await deleteDraft(platform.db, id)))
        throw new Problem(
          'conflict',
          'Only a draft can be deleted: what was shown is accounted for. End it instead.',
        );
      return c.body(null, 204);
    },
  )
  .post(
    '/api/admin/campaigns/:id/start',
    allow('admin'),
    byId,
    returns('Starts a campaign, or goes on with one that is paused', { 200: Campaign }),
    async (c) => {
      const { platform } = c.var;
      const row = await found(platform, c.req.valid('param').id);
      const film = await filmOf(platform, row);
      refuse([...misfits(row, platform), ...unready(row, film, platform.now(), platform)]);
      return move(c, row.id, ['draft', 'paused', 'running'], 'running');
    },
  )
  .post(
    '/api/admin/campaigns/:id/pause',
    allow('admin'),
    byId,
    returns('Shows a campaign no more until it is started again', { 200: Campaign }),
    async (c) => move(c, c.req.valid('param').id, ['running', 'paused'], 'paused'),
  )
  .post(
    '/api/admin/campaigns/:id/end',
    allow('admin'),
    byId,
    returns('Ends a campaign for good', { 200: Campaign }),
    async (c) => move(c, c.req.valid('param').id, ['running', 'paused', 'ended'], 'ended'),
  )
  .get(
    '/api/admin/campaigns/:id/numbers',
    allow('admin'),
    byId,
    accepts('query', NumbersQuery),
    returns('What has come of a campaign, by hour or day, and whether it will meet its goal', {
      200: CampaignNumbers,
    }),
    async (c) => {
      const { db, now } = c.var.platform;
      const row = await found(c.var.platform, c.req.valid('param').id);
      const { by } = c.req.valid('query');
      const until = now();
      const [step, most] = by === 'hour' ? [HOUR_MS, 3 * 24] : [DAY_MS, 62];
      const from = (Math.floor(until / step) - most + 1) * step;
      const [items, lately] = await Promise.all([
        sumsBy(db, row.id, step, from),
        sumsBy(db, row.id, HOUR_MS, until - DAY_MS),
      ]);
      const ofLate = lately.reduce((all, { impressions }) => all + impressions, 0);
      const pace = paceOf(row, ofLate, until);
      return c.json(
        { by, from, until, items, shown: row.shown, millis: row.shown * (row.cpm ?? 0), pace },
        200,
      );
    },
  )
  .get(
    '/api/admin/creatives/:episode',
    allow('admin'),
    accepts('param', CreativeParam),
    returns('Whether an episode can be shown as an advertisement', { 200: Creative }),
    async (c) => {
      const { episode } = c.req.valid('param');
      return c.json(creativeOf(episode, await filmRow(c.var.platform.db, episode)), 200);
    },
  );

const listed = ({ vastUrl, ...row }: CampaignRow) => ({
  id: row.id,
  state: row.state,
  name: row.name,
  advertiser: row.advertiser,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  goal: row.goal,
  pacing: row.pacing,
  priority: row.priority,
  shown: row.shown,
  createdAt: row.createdAt,
  kind: vastUrl === null ? ('house' as const) : ('vast' as const),
});

async function found({ db }: Platform, id: Id<'campaign'>): Promise<CampaignRow> {
  const row = await campaignRow(db, id);
  if (!row) throw new Problem('not-found', 'There is no such campaign.');
  return row;
}

/** @throws Problem `invalid-request` where it names an episode that is not there */
async function filmOf({ db }: Platform, { creativeEpisodeId }: CampaignRow): Promise<Creative | null> {
  if (creativeEpisodeId === null) return null;
  const film = creativeOf(creativeEpisodeId, await filmRow(db, creativeEpisodeId));
  if (film.fault === 'gone') refuse([{ pointer: '/creativeEpisodeId', detail: 'there is no such episode' }]);
  return film;
}

async function shown(platform: Platform, id: Id<'campaign'>): Promise<Campaign> {
  const row = await found(platform, id);
  const [film, titles] = await Promise.all([
    filmOf(platform, row),
    row.titleIds && titleNames(platform.db, row.titleIds),
  ]);
  return campaignView(row, film, titles);
}

async function move(c: Context<AppEnv>, id: Id<'campaign'>, from: CampaignState[], to: CampaignState) {
  const { platform } = c.var;
  if (!(await changeCampaign(platform.db, id, from, { state: to, updatedAt: platform.now() }))) {
    const { state } = await found(platform, id);
    throw new Problem('conflict', `This campaign is ${state === 'draft' ? 'a draft' : state}.`);
  }
  campaignsChanged(platform);
  return c.json(await shown(platform, id), 200);
}

function refuse(wrong: readonly Wrong[]): void {
  if (wrong.length === 0) return;
  const detail = wrong.map((one) => `${one.pointer}: ${one.detail}`).join('; ');
  throw new Problem('invalid-request', { detail, errors: [...wrong] });
}

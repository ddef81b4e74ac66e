import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { database } from '../platform/db.ts';
import { endOver } from './campaign-queries.ts';
import { runningCampaigns } from './queries.ts';

const db = database(env.DB);

it('campaigns that run are found by themselves', async () => {
  const { sql, params } = runningCampaigns(db).toSQL();
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>();
  expect(results.map(({ detail }) => detail).join('\n')).toMatch(
    /SCAN campaigns USING INDEX campaigns_running|SEARCH campaigns/,
  );
  expect(await endOver(db, Date.now())).toBe(0);
});

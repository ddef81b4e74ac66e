import { Hono, type Context } from 'hono';
import { ImportQuery, ImportReport, ListExportQuery, type ListFormat } from '../../schema/api/library.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns, takes } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { reached } from '../playback/lease.ts';
import { askingIn, profileOf } from './asking.ts';
import { takeListOver } from './import.ts';
import { listIn } from './list-file.ts';
import { writeAniList } from './lists/anilist.ts';
import type { Listed } from './lists/listed.ts';
import { writeMal } from './lists/mal.ts';
import { writeOwn } from './lists/own.ts';
import { wholeList } from './queries/list-file.ts';

/** Lists that come from somewhere else, and go there. */
export const listFiles = new Hono<AppEnv>()
  .post(
    '/api/me/import',
    allow('viewer'),
    limited('import', 'actor'),
    accepts('query', ImportQuery),
    takes('application/xml', 'application/json', 'application/gzip'),
    returns('Takes over a list of MyAnimeList, AniList or this site; says what it did not take, and why', {
      200: ImportReport,
    }),
    async (c) => {
      const { format, existing = 'keep', try: tryOnly } = c.req.valid('query');
      const list = await listIn(c.req.raw, format);
      const report = await takeListOver(await askingIn(c), list, { existing, tryOnly: tryOnly === '1' });
      return c.json(report, 200);
    },
  )
  .get(
    '/api/me/watchlist/export',
    allow('viewer'),
    limited('list-export', 'actor'),
    accepts('query', ListExportQuery),
    returns('The profile’s list as a file', { 200: null }),
    async (c) => send(c, c.req.valid('query').format),
  );

async function send(c: Context<AppEnv>, format: ListFormat) {
  const asking = await askingIn(c);
  const { db, now, streams } = asking.platform;
  const profile = await profileOf(asking);
  await reached(streams.account(asking.actor.userId).settle()); // to the second
  const entries: Listed[] = [];
  for await (const page of wholeList(db, profile.id))
    for (const { nameMain, nameNative, nameEnglish, followedAt, ...row } of page) {
      const names = [nameMain, nameNative, nameEnglish].filter((name) => name !== null);
      entries.push({ ...row, name: nameMain, names, followed: followedAt !== null });
    }
  const day = new Date(now()).toISOString().slice(0, 10);
  const type = format === 'mal' ? 'application/xml' : 'application/json';
  c.header('content-type', `${type}; charset=utf-8`);
  c.header(
    'content-disposition',
    `attachment; filename="engawa-list-${format}-${day}.${format === 'mal' ? 'xml' : 'json'}"`,
  );
  if (format === 'mal') return c.body(writeMal(entries, profile.name), 200);
  const file = format === 'anilist' ? writeAniList(entries) : writeOwn(entries, now());
  return c.body(JSON.stringify(file, null, 1), 200);
}

import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { db, entryOf, put } from './books.fixture.ts';
import { ledgerAfter, ledgerPage } from './money-queries.ts';
import { statementList } from './statement-queries.ts';

/** How SQLite goes about a query: its own words. */
async function planOf(query: { toSQL(): { sql: string; params: unknown[] } }): Promise<string> {
  const { sql, params } = query.toSQL();
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail).join('\n');
}
const place = { at: 5, id: 'payment:in_5' };
const WALKS = /^SCAN (?!.*USING (?:COVERING )?INDEX)|TEMP B-TREE FOR ORDER BY/m;

it('lists go along an index, and enter it where the page begins', async () => {
  const month = Date.UTC(2026, 0);
  const pages = {
    all: ledgerPage(db, {}, place, 50),
    kind: ledgerPage(db, { kind: 'payment' }, place, 50),
    month: ledgerPage(db, { month }, { at: month + 5, id: 'x' }, 50),
    journal: ledgerAfter(db, month, { at: month + 5, id: 'x' }, 500),
    statements: statementList(db, undefined, { from: month, id: 'stm_1' }, 50),
  };
  for (const [name, query] of Object.entries(pages)) {
    const plan = await planOf(query);
    expect(plan, `of ${name}`).not.toMatch(WALKS);
    expect(plan, `of ${name}`).toMatch(/SEARCH (?:ledger|statements) USING INDEX \w+ \(.*[<>]/);
  }
  expect(await planOf(statementList(db, 'lsr_1', { from: month, id: 'stm_1' }, 50))).toMatch(
    /statements_number \(licensor_id=\? AND from<\?\)/,
  );
});

it('a journal has every entry once, also of one moment that is on two pages', async () => {
  const month = Date.UTC(2025, 6);
  const rows = [1, 1, 1, 1, 2, 2, 3].map((ms) => entryOf({ at: month + ms, amount: 100 }));
  await put.entries(rows);
  const read: string[] = [];
  for (let after = null as { at: number; id: string } | null; ;) {
    const page: { at: number; id: string }[] = await ledgerAfter(db, month, after, 2);
    read.push(...page.map(({ id }) => id));
    after = page.at(-1) ?? null;
    if (page.length < 2) break;
  }
  const inOrder = rows.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
  expect(read).toEqual(inOrder);
  const back: string[] = [];
  for (let before = null as { at: number; id: string } | null; ;) {
    const page: { at: number; id: string }[] = (await ledgerPage(db, { month }, before, 2)).slice(0, 2);
    back.push(...page.map(({ id }) => id));
    before = page.at(-1) ?? null;
    if (page.length < 2) break;
  }
  expect(back).toEqual(inOrder.toReversed());
});

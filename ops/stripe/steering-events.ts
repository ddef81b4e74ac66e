import * as v from 'valibot';
import { post } from './deliver.ts';
import { ownerOf } from './events.ts';
import { type Asked, json } from './steering-words.ts';
import type { Event } from './stored.ts';

export const listed = ({ account, url }: Pick<Asked, 'account' | 'url'>): Event[] => {
  const customer = url.searchParams.get('customer');
  const since = url.searchParams.get('since');
  const type = url.searchParams.get('type');
  const all = [...account.tables.event.values()];
  const from = since?.startsWith('evt_') ? all.findIndex((one) => one.id === since) + 1 : 0;
  return all
    .slice(from)
    .filter(
      (one) =>
        (!customer || ownerOf(account, one.data.object) === customer) &&
        (!type || one.type === type) &&
        (!since || since.startsWith('evt_') || one.created >= Number(since)),
    );
};

function shuffled<T>(all: T[]): T[] {
  const left = [...all];
  const out: T[] = [];
  while (left.length) out.push(...left.splice(Math.floor(Math.random() * left.length), 1));
  return out;
}

export async function deliver({ account, given, url, desk }: Asked): Promise<object> {
  const asked = json(
    v.object({
      url: v.pipe(v.string(), v.url()),
      secret: v.optional(v.string()),
      shuffle: v.optional(v.boolean(), false),
      times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)), 1),
      customer: v.optional(v.string()),
      since: v.optional(v.string()),
      side: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 8),
    }),
    given,
  );
  const search = new URL(url);
  if (asked.customer) search.searchParams.set('customer', asked.customer);
  if (asked.since) search.searchParams.set('since', asked.since);
  const events = listed({ account, url: search });
  const all = Array.from({ length: asked.times }, () => events).flat();
  const queue = asked.shuffle ? shuffled(all) : all;
  const total = queue.length;
  let failed = 0;
  const work = async () => {
    for (let event = queue.shift(); event; event = queue.shift()) {
      const status = await post(asked.url, asked.secret ?? desk.secret, event, account.real());
      if (status === null || status >= 300) failed++;
    }
  };
  await Promise.all(Array.from({ length: asked.side }, work));
  return { sent: total, failed };
}

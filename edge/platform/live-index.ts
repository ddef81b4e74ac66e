import type { Id } from '../../schema/ids.ts';
import type { LiveStreams } from './live-streams.ts';

/** A stream that plays, as its account tells of it. No address of the network, no profile: staff have no need of them. */
export type LiveEntry = {
  sessionId: Id<'playback'>;
  userId: string;
  titleId: Id<'title'>;
  episodeId: Id<'episode'>;
  /** What plays, and on what, in words. */
  title: string;
  device: string;
  country: string | null;
  planId: string | null;
  startedAt: number;
  /** Lines of the best picture it may have; null: any. Undefined: not known. */
  maxHeight?: number | null;
};
export type LiveQuestion = { titleId?: Id<'title'> | undefined; country?: string | undefined };
/** Where the last one stood: the latest come first. */
export type LivePosition = Pick<LiveEntry, 'startedAt' | 'sessionId'>;
type Count = { of: string | null; streams: number };
/** Each list with what is most first. */
export type LiveCounts = {
  streams: number;
  accounts: number;
  titles: Count[];
  countries: Count[];
  plans: Count[];
};

/** One shard of the list. */
export type LiveShard = {
  /** What an account plays now, all of it: what it does not name has ended. May be repeated. */
  say(userId: string, entries: readonly LiveEntry[]): Promise<void>;
  page(asked: LiveQuestion, after: LivePosition | null, limit: number): Promise<LiveEntry[]>;
  counts(): Promise<LiveCounts>;
};

/** What plays now, over all accounts: as of a moment ago, and no more than a list (ADR 0076). */
export type LiveIndex = LiveShard;

/**
 * An object answers about a thousand calls a second; an account says something four times in an episode of 24 minutes. Eight take what 800,000
 * streams say; each page and each count asks all of them. More of them is a matter of this number: nothing has to move.
 */
export const SHARDS = 8;

/** FNV-1a, 32 bits: which shard an account's streams are in. */
export function shardOf(userId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(userId)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % SHARDS;
}

const latestFirst = (a: LivePosition, b: LivePosition): number =>
  b.startedAt - a.startedAt || (a.sessionId < b.sessionId ? 1 : -1);

/** The first of several lists, each in order. */
export const mergedPage = (pages: readonly LiveEntry[][], limit: number): LiveEntry[] =>
  pages.flat().sort(latestFirst).slice(0, limit);

/** Sums of what the shards count. */
export function mergedCounts(parts: readonly LiveCounts[]): LiveCounts {
  const total = (of: 'streams' | 'accounts') => parts.reduce((sum, part) => sum + part[of], 0);
  const sums = (of: 'titles' | 'countries' | 'plans'): Count[] => {
    const counts = new Map<string | null, number>();
    for (const { of: what, streams } of parts.flatMap((part) => part[of]))
      counts.set(what, (counts.get(what) ?? 0) + streams);
    return [...counts]
      .map(([what, streams]) => ({ of: what, streams }))
      .sort((a, b) => b.streams - a.streams);
  };
  return {
    streams: total('streams'),
    accounts: total('accounts'), // an account is in one shard
    titles: sums('titles'),
    countries: sums('countries'),
    plans: sums('plans'),
  };
}

/** @param env the namespace of the shards */
export function liveIndex(env: Pick<Env, 'LIVE_STREAMS'>): LiveIndex {
  const shards = env.LIVE_STREAMS as DurableObjectNamespace<LiveStreams>;
  const shard = (n: number): LiveShard => shards.getByName(`shard-${n}`);
  const all = <T>(ask: (one: LiveShard) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: SHARDS }, (_, n) => ask(shard(n))));
  return {
    say: (userId, entries) => shard(shardOf(userId)).say(userId, entries),
    page: async (asked, after, limit) => mergedPage(await all((one) => one.page(asked, after, limit)), limit),
    counts: async () => mergedCounts(await all((one) => one.counts())),
  };
}

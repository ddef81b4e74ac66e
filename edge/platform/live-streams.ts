import { DurableObject } from 'cloudflare:workers';
import type { LiveCounts, LiveEntry, LivePosition, LiveQuestion, LiveShard } from './live-index.ts';

/** How long an account's word counts: longer than it takes to give it again (viewer-account.ts), so that what is lost leaves by itself. */
export const KEPT_MS = 15 * 60_000;
/** Titles that one shard names in its counts, those most watched first. */
const TITLES = 100;

type Row = { entry: string };

/**
 * A part of the list of what plays now, over all accounts (ADR 0076). Accounts say what they play; nothing is decided by it, and what it
 * forgets they say again. Rows are those of `KEPT_MS` at most; the last one that leaves takes the alarm with it.
 */
export class LiveStreams extends DurableObject<Env> implements LiveShard {
  readonly #sql = this.ctx.storage.sql;
  #rings = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    // One index: filters read what plays, which is as much as this shard has.
    this.#sql.exec(
      `CREATE TABLE IF NOT EXISTS live (
         user_id TEXT NOT NULL, session_id TEXT NOT NULL, started_at INTEGER NOT NULL, title_id TEXT NOT NULL,
         country TEXT, plan_id TEXT, entry TEXT NOT NULL, until INTEGER NOT NULL,
         PRIMARY KEY (user_id, session_id)) WITHOUT ROWID;
       CREATE INDEX IF NOT EXISTS live_latest ON live (started_at, session_id);`,
    );
    void ctx.blockConcurrencyWhile(async () => {
      this.#rings = (await ctx.storage.getAlarm()) !== null;
    });
  }

  async say(userId: string, entries: readonly LiveEntry[]): Promise<void> {
    const until = Date.now() + KEPT_MS;
    const ids = JSON.stringify(entries.map(({ sessionId }) => sessionId));
    this.#sql.exec(
      'DELETE FROM live WHERE user_id = ? AND session_id NOT IN (SELECT value FROM json_each(?))',
      userId,
      ids,
    );
    for (const entry of entries)
      // What is there already costs one row, as no index has to follow.
      this.#sql.exec(
        'INSERT INTO live VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET until = excluded.until',
        userId,
        entry.sessionId,
        entry.startedAt,
        entry.titleId,
        entry.country,
        entry.planId,
        JSON.stringify(entry),
        until,
      );
    if (entries.length > 0) await this.#cleanAt(until);
  }

  async page({ titleId, country }: LiveQuestion, after: LivePosition | null, limit: number) {
    const rows = this.#sql.exec<Row>(
      `SELECT entry FROM live
       WHERE until > ?1 AND (?2 IS NULL OR title_id = ?2) AND (?3 IS NULL OR country = ?3)
         AND (started_at, session_id) < (?4, ?5)
       ORDER BY started_at DESC, session_id DESC LIMIT ?6`,
      Date.now(),
      titleId ?? null,
      country ?? null,
      after?.startedAt ?? Number.MAX_SAFE_INTEGER,
      after?.sessionId ?? '',
      limit,
    );
    return rows.toArray().map(({ entry }) => JSON.parse(entry) as LiveEntry);
  }

  async counts(): Promise<LiveCounts> {
    const now = Date.now();
    const by = (column: 'title_id' | 'country' | 'plan_id', limit: number) =>
      this.#sql
        .exec<{ of: string | null; streams: number }>(
          `SELECT ${column} AS of, count(*) AS streams FROM live WHERE until > ? GROUP BY 1 ORDER BY 2 DESC LIMIT ?`,
          now,
          limit,
        )
        .toArray();
    const { streams, accounts } = this.#sql
      .exec<{ streams: number; accounts: number }>(
        'SELECT count(*) AS streams, count(DISTINCT user_id) AS accounts FROM live WHERE until > ?',
        now,
      )
      .one();
    // Countries and plans are few; of titles there may be as many as streams.
    return {
      streams,
      accounts,
      titles: by('title_id', TITLES),
      countries: by('country', -1),
      plans: by('plan_id', -1),
    };
  }

  override async alarm(): Promise<void> {
    this.#rings = false;
    this.#sql.exec('DELETE FROM live WHERE until <= ?', Date.now());
    const { until } = this.#sql.exec<{ until: number | null }>('SELECT min(until) AS until FROM live').one();
    if (until !== null) await this.#cleanAt(until);
  }

  /** One alarm is enough; it sets the next one if something is left by then. */
  async #cleanAt(time: number): Promise<void> {
    if (this.#rings) return;
    this.#rings = true;
    await this.ctx.storage.setAlarm(time);
  }
}

import { DurableObject } from 'cloudflare:workers';
import type { Admission, Allowance } from './limiter.ts';

/**
 * Counts exactly what was admitted for one subject: an account, an address. Windows slide: of any stretch of `windowMs` no more than
 * `limit` are let in. An object answers one call after the other, and nothing waits between looking and writing,
 * so a thousand at the same moment are as exact as one. When the last window has passed it leaves nothing behind.
 */
export class Counter extends DurableObject<Env> {
  #ready = false;

  /** All of the allowances or none of them: whoever is refused by one has used up no other. */
  admit(allowances: readonly Allowance[]): Admission {
    const { sql } = this.ctx.storage;
    const now = Date.now();
    this.#table();
    const freeAt = allowances.map((allowance) => this.#freeAt(allowance, now));
    const retryAt = Math.max(now, ...freeAt);
    if (retryAt > now) return { admitted: false, retryAt };
    const slots = allowances.map(({ name, windowMs }) => {
      const insert = 'INSERT INTO admitted (allowance, at, until) VALUES (?, ?, ?) RETURNING slot';
      return sql.exec<{ slot: number }>(insert, name, now, now + windowMs).one().slot;
    });
    this.#cleanLater(now + Math.max(...allowances.map(({ windowMs }) => windowMs)));
    return { admitted: true, slots };
  }

  /** What was admitted was not what is counted: its place is free again. Slots that are not there are ignored. */
  giveBack(slots: readonly number[]): void {
    this.#table();
    for (const slot of slots) this.ctx.storage.sql.exec('DELETE FROM admitted WHERE slot = ?', slot);
  }

  override async alarm(): Promise<void> {
    const { storage } = this.ctx;
    this.#table();
    storage.sql.exec('DELETE FROM admitted WHERE until <= ?', Date.now());
    const last = storage.sql.exec<{ until: number | null }>('SELECT max(until) AS until FROM admitted').one();
    if (last.until !== null) return storage.setAlarm(last.until);
    this.#ready = false;
    await storage.deleteAll();
  }

  /** When there is room in an allowance again: in the past, or when the oldest of those that fill it has left the window. */
  #freeAt({ name, limit, windowMs }: Allowance, now: number): number {
    const filling =
      'SELECT at FROM admitted WHERE allowance = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?';
    const [row] = this.ctx.storage.sql.exec<{ at: number }>(filling, name, now - windowMs, limit - 1);
    return row ? row.at + windowMs : now;
  }

  /** Made when it is needed: `deleteAll` took it away, and an object that was only looked up stores nothing. */
  #table(): void {
    if (this.#ready) return;
    this.ctx.storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS admitted (slot INTEGER PRIMARY KEY AUTOINCREMENT, allowance TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL);
       CREATE INDEX IF NOT EXISTS admitted_by_allowance ON admitted (allowance, at);`,
    );
    this.#ready = true;
  }

  /** One alarm is enough; it sets the next one if something is left by then. */
  #cleanLater(at: number): void {
    this.ctx.waitUntil(
      this.ctx.storage.getAlarm().then((set) => (set === null ? this.ctx.storage.setAlarm(at) : undefined)),
    );
  }
}

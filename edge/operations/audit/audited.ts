import type { Context } from 'hono';
import { auditEntries } from '../../../schema/db/audit.ts';
import type { AppEnv } from '../../http/context.ts';

/** Something that staff did and that is no row of D1: streams revoked, sessions ended. */
export type Act = {
  /** A word for the kind of thing, in the plural as tables have it: `streams`. */
  what: string;
  /** Whose or which: an id. One of a title or an episode stands in its history as well. */
  of: string;
  /** What can be said of it, as JSON; no secrets, no addresses of people. */
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
};

const text = (facts: Act['before']): string | null => (facts ? JSON.stringify(facts) : null);

/** The statement that writes an act down, for the batch of what belongs to it; null: nobody of the staff is asking. */
export function actOf(c: Context<AppEnv>, { what, of, before, after }: Act) {
  const { author, platform } = c.var;
  if (!author) return null;
  return platform.db.insert(auditEntries).values({
    ...author,
    kind: what,
    rowId: of,
    titleId: of.startsWith('ttl_') ? of : null,
    episodeId: of.startsWith('ep_') ? of : null,
    op: 'act',
    before: text(before),
    after: text(after),
  });
}

/**
 * Writes down what a handler has done, where the triggers of the audit log cannot see it (ADR 0064): whatever it changes that is not a
 * row of D1. Does nothing where somebody changes what is their own. Await it before the answer, so that none is given that is not in the log.
 */
export async function audited(c: Context<AppEnv>, act: Act): Promise<void> {
  await actOf(c, act);
}

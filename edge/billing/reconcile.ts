import * as v from 'valibot';
import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { stages, type Found, type Page } from './reconcile-stages.ts';
import { beginRun, runningNow, saveRun, type Run } from './reconcile-queries.ts';

// What we know is held against what stands at Stripe, and brought to it (ADR 0084): what every lost message comes to in the end. It goes
// on page by page, each small enough for one request of a Worker, from where the last one left off.

/** Pages a minute: each some requests to Stripe, which takes a hundred a second (https://docs.stripe.com/rate-limits). */
const PAGES = 5;
/**
 * Of what is amiss, so much is mended a minute: each takes up to some thirty requests, to Stripe and to D1, of a thousand that an invocation
 * has (https://developers.cloudflare.com/workers/platform/limits/#subrequests).
 */
const MENDS = 20;
/** Found is shown to somebody: the first so many. */
const FINDINGS = 100;
const KEPT_MS = 100 * 86_400_000;

const Cursor = v.object({ stage: v.number(), after: v.nullable(v.string()) });
type Cursor = v.InferOutput<typeof Cursor>;
const BEGINNING: Cursor = { stage: 0, after: null };

/** Begins to compare, where that is not going on already, and goes on with it for some pages. */
export async function reconcile(platform: Platform): Promise<Run> {
  const { db, now } = platform;
  const at = now();
  const running =
    (await runningNow(db)) ??
    (await beginRun(db, at, JSON.stringify(BEGINNING), at - KEPT_MS)) ??
    (await runningNow(db));
  if (!running) throw new Problem('conflict', 'It has been compared with Stripe this very moment.');
  return goOn(platform, running);
}

/** A sweep: goes on with what was begun. */
export async function sweepReconciliation(platform: Platform): Promise<void> {
  const running = await runningNow(platform.db);
  if (running) await goOn(platform, running);
}

async function goOn(platform: Platform, run: Run): Promise<Run> {
  let current = run;
  let left = MENDS;
  for (let page = 0; page < PAGES && left > 0 && current.endedAt === null; page++) {
    const { next, amiss } = await onePage(platform, current, left);
    if (!(await saveRun(platform.db, current, next))) return current; // somebody else goes on with it
    current = next;
    left -= amiss;
  }
  return current;
}

/** @param most of what is amiss: a page that has more is gone on with from there */
async function onePage(platform: Platform, run: Run, most: number): Promise<{ next: Run; amiss: number }> {
  const { stage, after } = v.parse(Cursor, JSON.parse(run.cursor ?? JSON.stringify(BEGINNING)));
  const look = stages[stage];
  if (!look) return { next: { ...run, cursor: null, endedAt: platform.now() }, amiss: 0 };
  const page = upTo(most, await look(platform, { after, startedAt: run.startedAt }));
  const findings = [...run.findings];
  let mended = 0;
  for (const found of page.amiss) {
    const settled = await mend(found);
    mended += settled.mended ? 1 : 0;
    if (settled.what !== null && findings.length < FINDINGS)
      findings.push({ id: found.id, what: settled.what });
  }
  const cursor: Cursor = page.next === null ? { stage: stage + 1, after: null } : { stage, after: page.next };
  const next = {
    ...run,
    cursor: JSON.stringify(cursor),
    looked: run.looked + page.ids.length,
    mended: run.mended + mended,
    findings,
  };
  return { next, amiss: page.amiss.length };
}

/** The beginning of a page, up to and with the last of so many that are amiss. */
function upTo(most: number, page: Page): Page {
  if (page.amiss.length <= most) return page;
  const amiss = page.amiss.slice(0, most);
  const last = amiss.at(-1)?.id ?? '';
  return { ids: page.ids.slice(0, page.ids.indexOf(last) + 1), amiss, next: last };
}

/** One that cannot be mended keeps none of the others from it; but when Stripe is away the page is tried again as a whole. */
async function mend({ id, what, settle }: Found): Promise<{ mended: boolean; what: string | null }> {
  try {
    const settled = await settle();
    if (settled === null) return { mended: false, what: null };
    return settled.did === 'ignored' ? { mended: false, what: null } : { mended: true, what };
  } catch (error) {
    if (error instanceof Problem && error.code === 'unavailable') throw error;
    complain({ event: 'not mended', of: id, error });
    return {
      mended: false,
      what: `${what}; could not be mended: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

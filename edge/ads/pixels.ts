import type { Platform } from '../platform/platform.ts';
import { mayFetch } from './addresses.ts';
import { withMacros } from './macros.ts';

/** How long somebody's server may take to note that something was shown. */
const PIXEL_MS = 3_000;
/** Addresses told of one event. */
const MOST = 20;

type Later = (work: Promise<unknown>) => void;

/**
 * Tells the servers of an advertiser what happened, once, after the answer. Nobody is told who: the request comes from us, with no address,
 * cookie or user agent of the viewer. One that fails is not told again: it might have heard.
 */
export function tell(
  addresses: readonly string[],
  platform: Platform,
  later: Later,
  facts: Parameters<typeof withMacros>[3] = {},
): void {
  const now = platform.now();
  for (const address of addresses.slice(0, MOST)) {
    const url = withMacros(address, now, crypto.getRandomValues(new Uint32Array(1))[0]!, facts);
    if (!mayFetch(url, platform)) continue;
    const init = { redirect: 'manual' as const, signal: AbortSignal.timeout(PIXEL_MS) };
    later(
      fetch(url, init)
        .then((answer) => answer.body?.cancel())
        .catch(() => undefined), // their count, not ours
    );
  }
}

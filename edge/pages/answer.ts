import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { renderPage, signInThen, type PageData, type PageName } from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { apiFor, Refused } from './ask.ts';
import { contentSecurityPolicy, type PolicyFor } from './policy.ts';
import { stranger, visitOf } from './visit.ts';

/** A document is one person's (the header names them), and made anew for each visit. */
export function send(
  c: Context<AppEnv>,
  html: string,
  policy: PolicyFor,
  status: ContentfulStatusCode = 200,
) {
  c.header('content-security-policy', contentSecurityPolicy(policy, c.var.platform.settings));
  c.header('cache-control', 'private, no-cache');
  c.header('vary', 'Cookie, Accept-Language');
  // The first segments come from there a moment after the click, and should find a connection (ADR 0053).
  const { delivery, cdnOrigin } = c.var.platform.settings;
  if (policy === 'watching' && delivery === 'cloudfront')
    c.header('link', `<${cdnOrigin}>; rel=preconnect; crossorigin`);
  // Browsers that know it fetch the next document when a link is about to be followed.
  if (status === 200 && policy !== 'dashboard') c.header('speculation-rules', '"/speculation-rules.json"');
  return c.html(html, status);
}

/** Loads what a page shows while finding out who asks, then renders it. */
export async function show<N extends PageName>(
  c: Context<AppEnv>,
  page: N,
  load: PageData<N> | Promise<PageData<N>>,
) {
  const [visit, data] = await Promise.all([visitOf(c), load]);
  return send(c, await renderPage(page, data, visit), page === 'watch' ? 'watching' : 'reading');
}

/** A page about whoever asks: those who are not signed in do that first, and come back. */
export async function own<N extends PageName>(
  c: Context<AppEnv>,
  page: N,
  load: (c: Context<AppEnv>) => Promise<PageData<N>>,
) {
  try {
    const answer = await show(c, page, load(c));
    // Nobody who comes to this browser afterwards finds it by going back (RFC 9111 §5.2.2.5).
    answer.headers.set('cache-control', 'private, no-store');
    return answer;
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 401) throw error;
    // A session that was ended elsewhere has a token that is still good for minutes: with it the sign-in page would send them back here.
    if (c.req.header('cookie')) await apiFor(c).api.auth['sign-out'].$post();
    return c.redirect(signInThen(stranger(c).path), 303);
  }
}

import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ProblemDocument } from '../../schema/problem.ts';
import {
  dashboardPath,
  paths,
  renderDashboard,
  renderPage,
  safeNext,
  signInThen,
  type Visit,
} from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { allow } from '../http/guards.ts';
import { onProblem, Problem } from '../http/problem.ts';
import { own, send, show } from './answer.ts';
import { Refused } from './ask.ts';
import { billingRoutes } from './billing-routes.ts';
import { loadPlans } from './load-billing.ts';
import { loadBrowse, loadCalendar, loadHome, loadMeant, loadSearch, loadTitle } from './load-catalog.ts';
import { loadMailbox, loadProfiles, loadSettings, loadVerifyEmail, loadWatch } from './load.ts';
import { loadLegal, sendNotice } from './load-legal.ts';
import { feeds } from './feeds/feed-routes.ts';
import { chosenTheme } from './display.ts';
import { displayRoutes } from './display-routes.ts';
import { loadHistory, loadImport, loadList, loadNotices } from './load-own.ts';
import { stranger, visitOf } from './visit.ts';

/** A form for people who are not signed in; the others are sent where they were going. */
async function form(c: Context<AppEnv>, page: 'sign-in' | 'sign-up') {
  const next = safeNext(c.req.query('next'));
  const visit = await visitOf(c);
  if (visit.me) return c.redirect(next, 303);
  return send(c, await renderPage(page, { next }, visit), 'reading');
}

async function reset(c: Context<AppEnv>) {
  const visit = await visitOf(c);
  return send(c, await renderPage('reset-password', { email: visit.me?.email ?? '' }, visit), 'reading');
}

/** The dashboard's shell, for people who have work there. What it shows it asks the API, which has the last word. */
async function dashboard(c: Context<AppEnv>) {
  const visit = await visitOf(c);
  if (!visit.me) return c.redirect(signInThen(visit.path), 303);
  if (visit.me.role === 'viewer') throw new Problem('not-allowed');
  // Unless somebody chose otherwise it is as their system is: work is done by day, films are seen at night.
  return send(c, await renderDashboard({ ...visit, theme: chosenTheme(c) ?? 'system' }), 'dashboard');
}

const noticePath = '/legal/takedown';
/** The form of a takedown notice, which browsers send by themselves. Afterwards stands an address that can be loaded again. */
async function takeNotice(c: Context<AppEnv>) {
  const outcome = await sendNotice(c);
  if ('received' in outcome) return c.redirect(`${noticePath}?receipt=${outcome.received}`, 303);
  const html = await renderPage('legal', outcome.refused, await visitOf(c));
  return send(c, html, 'reading', outcome.status as ContentfulStatusCode);
}

/** A page about a problem, with the problem's own status: in words, for a person. */
async function explain(c: Context<AppEnv>, problem: ProblemDocument) {
  const [visit, meant] = await Promise.all([
    visitOf(c).catch((): Visit => stranger(c)),
    problem.status === 404 || problem.status === 400 ? loadMeant(c).catch(() => null) : null,
  ]);
  const html = await renderPage('problem', { problem, meant }, visit);
  return send(c, html, 'reading', problem.status as ContentfulStatusCode);
}

/** Addresses of machines: what is wrong with them is said in problem documents, by app.ts. */
const anyPage = '/:path{(?!(?:api|hls|media|images|assets|\\.well-known)(?:/|$)).+}';

export const pages = new Hono<AppEnv>();
pages.onError(async (error, c) => {
  if (error instanceof Refused && error.problem.code !== 'invalid-request') return explain(c, error.problem);
  // A page asks with its own address only: where the API cannot read that, there is nothing at it.
  const answer = await onProblem(error instanceof Refused ? new Problem('not-found') : error, c);
  return explain(c, await answer.json<ProblemDocument>());
});
pages
  .route('/', displayRoutes)
  .route('/', billingRoutes)
  .route('/', feeds)
  .get(paths.home, allow('anyone'), (c) => show(c, 'home', loadHome(c)))
  .get(paths.browse, allow('anyone'), (c) => show(c, 'browse', loadBrowse(c)))
  .get(paths.search, allow('anyone'), (c) => show(c, 'search', loadSearch(c)))
  .get(paths.calendar, allow('anyone'), (c) => show(c, 'calendar', loadCalendar(c)))
  .get(paths.plans, allow('anyone'), (c) => show(c, 'plans', loadPlans(c)))
  .post(noticePath, allow('anyone'), (c) => takeNotice(c))
  .get(paths.legal, allow('anyone'), (c) => show(c, 'legal', loadLegal(c, c.req.param('text'))))
  .get(paths.title, allow('anyone'), (c) => show(c, 'title', loadTitle(c, c.req.param('slug'))))
  .get(paths.watch, allow('anyone'), (c) => show(c, 'watch', loadWatch(c, c.req.param('episode'))))
  .get(paths['sign-in'], allow('anyone'), (c) => form(c, 'sign-in'))
  .get(paths['sign-up'], allow('anyone'), (c) => form(c, 'sign-up'))
  .get(paths['reset-password'], allow('anyone'), (c) => reset(c))
  .get(paths['verify-email'], allow('anyone'), (c) => own(c, 'verify-email', loadVerifyEmail))
  .get(paths.settings, allow('anyone'), (c) => own(c, 'settings', loadSettings))
  .get(paths.profiles, allow('anyone'), (c) => own(c, 'profiles', loadProfiles))
  .get(paths.list, allow('anyone'), (c) => own(c, 'list', loadList))
  .get(paths.import, allow('anyone'), (c) => own(c, 'import', loadImport))
  .get(paths.history, allow('anyone'), (c) => own(c, 'history', loadHistory))
  .get(paths.notices, allow('anyone'), (c) => own(c, 'notices', loadNotices))
  .get(paths.mailbox, allow('anyone'), (c) => show(c, 'mailbox', loadMailbox(c)))
  .get(dashboardPath, allow('anyone'), (c) => dashboard(c))
  .get(`${dashboardPath}/*`, allow('anyone'), (c) => dashboard(c))
  .get(anyPage, allow('anyone'), () => {
    throw new Problem('not-found');
  });

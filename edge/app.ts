import { Hono } from 'hono';
import * as v from 'valibot';
import { accountsAdmin } from './accounts/admin-routes.ts';
import { breakMarks } from './ads/break-routes.ts';
import { campaignsAdmin } from './ads/campaign-routes.ts';
import { bearerToken, identify } from './accounts/identity.ts';
import { hasSecondFactor, roleOf } from './accounts/queries.ts';
import { closingRoutes } from './accounts/me/closing-routes.ts';
import { consentRoutes } from './accounts/me/consent-routes.ts';
import { exportRoutes } from './accounts/me/export-routes.ts';
import { profileRoutes } from './accounts/me/profile-routes.ts';
import { codes } from './accounts/code-routes.ts';
import { peopleAdmin } from './accounts/people/routes.ts';
import { staffRoutes } from './accounts/people/staff-routes.ts';
import { passkeyRoutes } from './accounts/passkey-routes.ts';
import { accounts } from './accounts/routes.ts';
import { security } from './accounts/security-routes.ts';
import { stepUpRoutes } from './accounts/step-up-routes.ts';
import { checkoutRoutes } from './billing/checkout-routes.ts';
import { giftRoutes } from './billing/gift-routes.ts';
import { offersAdmin } from './billing/offer-admin-routes.ts';
import { offersRoutes } from './billing/offer-routes.ts';
import { plansAdmin } from './billing/plan-admin-routes.ts';
import { promotionsAdmin } from './billing/promotion-routes.ts';
import { purchasesAdmin } from './billing/purchase-admin-routes.ts';
import { billing } from './billing/routes.ts';
import { subscriptionRoutes } from './billing/subscription-routes.ts';
import { booksAdmin } from './books/routes.ts';
import { sharesAdmin } from './books/share-routes.ts';
import { statementsAdmin } from './books/statement-routes.ts';
import { stripeEventsAdmin } from './billing/event-routes.ts';
import { stripeWebhook } from './billing/webhook-routes.ts';
import { catalogAdmin } from './catalog/admin-routes.ts';
import { titlesBulk } from './catalog/bulk-routes.ts';
import { episodesAdmin } from './catalog/episode-admin-routes.ts';
import { catalogEpisodes } from './catalog/episode-routes.ts';
import { catalogAddresses } from './catalog/address-routes.ts';
import { images } from './catalog/images.ts';
import { sizedImages } from './catalog/sized-images.ts';
import { titlePublishing } from './catalog/publishing-routes.ts';
import { relationsAdmin } from './catalog/relation-routes.ts';
import { seasonFiles } from './catalog/season-file/routes.ts';
import { seasonsAdmin } from './catalog/season-routes.ts';
import { catalog } from './catalog/routes.ts';
import { sharedWith } from './catalog/shared.ts';
import type { Actor, AppEnv } from './http/context.ts';
import { returns } from './http/contract.ts';
import { allow } from './http/guards.ts';
import { headers } from './http/headers.ts';
import { onProblem, Problem } from './http/problem.ts';
import { sameOrigin } from './http/same-origin.ts';
import { newId } from './platform/clock.ts';
import { catalogueChanged } from './platform/generation.ts';
import { platform, platformOf } from './platform/platform.ts';
import { earlyWatch } from './ingest/early-watch.ts';
import { feed } from './ingest/feed.ts';
import { ingestAdmin } from './ingest/admin-routes.ts';
import { ingestAssets } from './ingest/asset-routes.ts';
import { episodesBulk } from './ingest/bulk-routes.ts';
import { ingestControl } from './ingest/control-routes.ts';
import { episodePublishing } from './ingest/publish-routes.ts';
import { ingestStorage } from './ingest/storage-routes.ts';
import { episodeMedia } from './ingest/media-routes.ts';
import { ingest } from './ingest/routes.ts';
import { transcoderCallbacks } from './ingest/transcoder-routes.ts';
import { ownCalendar } from './library/calendar-routes.ts';
import { listFiles } from './library/import-routes.ts';
import { list } from './library/list-routes.ts';
import { library } from './library/routes.ts';
import { hls } from './playback/hls-routes.ts';
import { noticesAdmin } from './moderation/desk-routes.ts';
import { takedownNoticeRoutes } from './moderation/notice-routes.ts';
import { moderation } from './moderation/routes.ts';
import { authorOf } from './operations/audit/author.ts';
import { auditRoutes } from './operations/audit/routes.ts';
import { sealLater } from './operations/audit/seal.ts';
import { undoRoutes } from './operations/audit/undo-routes.ts';
import { overview } from './operations/overview/routes.ts';
import { securityTxt } from './operations/security-txt.ts';
import { streamsAdmin } from './playback/admin-routes.ts';
import { playback } from './playback/routes.ts';
import { rightsAdmin } from './rights/admin-routes.ts';
import { decisionAdmin } from './rights/decision-routes.ts';
import { holdbackAdmin } from './rights/holdback-routes.ts';
import { licencesAdmin } from './rights/licence-routes.ts';
import { rightsRoom } from './rights/room-routes.ts';
import { searchAdmin } from './search/admin-routes.ts';
import { search } from './search/routes.ts';

/** Safe methods (RFC 9110 §9.2.1) that we have. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What may change the catalogue by another method. Heartbeats and the like come all the time, and do not. */
const CHANGES = /^\/api\/(?:admin\/|transcoder\/.+\/complete$)/;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const base = new Hono<AppEnv>();
base.route('/', hls); // before the rest: what stands below is not for players
base.use(async function wire(c, next) {
  const outside = platform(c.env);
  let actor: Promise<Actor | null> | undefined;
  let renewed: string[] = [];
  let written = false;
  c.set('requestId', newId('request'));
  c.set('platform', outside);
  c.set('actor', () => (actor ??= identify(c.req.raw.headers, outside, (cookies) => (renewed = cookies))));
  c.set('currentRole', async ({ userId, role, sessionId }) =>
    outside.settings.authIssuer ? role : roleOf(outside.db, userId, sessionId),
  );
  c.set('hasSecondFactor', ({ userId }) => hasSecondFactor(outside.db, userId));
  c.set('author', null);
  c.set('writeDownAs', (who, role, operation) => {
    const author = authorOf(c.req.raw, who, role, {
      requestId: c.var.requestId,
      operation,
      at: outside.now(),
    });
    c.set('author', author);
    c.set(
      'platform',
      platformOf(c.env, author, () => (written = true)),
    );
  });
  c.set('sharedWith', (inWords) => sharedWith(c, inWords));
  await next();
  if (!READS.has(c.req.method) && CHANGES.test(c.req.path)) catalogueChanged(outside);
  if (written) c.executionCtx.waitUntil(sealLater(outside));
  for (const cookie of renewed) c.header('set-cookie', cookie, { append: true });
});
base.use(headers());
base.use(sameOrigin((sent) => bearerToken(sent) !== null));
base.onError(onProblem);
base.notFound((c) => {
  const methods = METHODS.filter((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method),
  );
  if (methods.length === 0) throw new Problem('not-found');
  c.header('allow', methods.flatMap((m) => (m === 'GET' ? ['GET', 'HEAD'] : [m])).join(', ')); // RFC 9110 §15.5.6: MUST
  throw new Problem('method-not-allowed');
});

/** The whole API, a line per slice; `App` is what the typed client is made from. */
const app = base
  .get(
    '/api/health',
    allow('anyone'),
    returns('Whether the Worker answers', { 200: v.object({ ok: v.boolean() }) }),
    (c) => c.json({ ok: true }),
  )
  .route('/', accounts)
  .route('/', booksAdmin)
  .route('/', sharesAdmin)
  .route('/', statementsAdmin)
  .route('/', codes)
  .route('/', passkeyRoutes)
  .route('/', security)
  .route('/', stepUpRoutes)
  .route('/', accountsAdmin)
  .route('/', peopleAdmin)
  .route('/', staffRoutes)
  .route('/', profileRoutes)
  .route('/', consentRoutes)
  .route('/', closingRoutes)
  .route('/', exportRoutes)
  .route('/', catalog)
  .route('/', catalogEpisodes)
  .route('/', titlesBulk)
  .route('/', catalogAdmin)
  .route('/', relationsAdmin)
  .route('/', titlePublishing)
  .route('/', episodesAdmin)
  .route('/', seasonsAdmin)
  .route('/', seasonFiles)
  .route('/', images)
  .route('/', sizedImages)
  .route('/', catalogAddresses)
  .route('/', search)
  .route('/', searchAdmin)
  .route('/', library)
  .route('/', ownCalendar)
  .route('/', listFiles) // before /api/me/watchlist/:title
  .route('/', list)
  .route('/', rightsAdmin)
  .route('/', holdbackAdmin)
  .route('/', decisionAdmin)
  .route('/', licencesAdmin)
  .route('/', rightsRoom)
  .route('/', billing)
  .route('/', stripeWebhook)
  .route('/', stripeEventsAdmin)
  .route('/', plansAdmin)
  .route('/', checkoutRoutes)
  .route('/', subscriptionRoutes)
  .route('/', giftRoutes)
  .route('/', offersRoutes)
  .route('/', offersAdmin)
  .route('/', purchasesAdmin)
  .route('/', promotionsAdmin)
  .route('/', moderation)
  .route('/', takedownNoticeRoutes)
  .route('/', noticesAdmin)
  .route('/', ingest)
  .route('/', feed) // before /api/admin/jobs/:id
  .route('/', ingestAdmin)
  .route('/', ingestControl)
  .route('/', episodePublishing)
  .route('/', episodesBulk)
  .route('/', ingestAssets)
  .route('/', ingestStorage)
  .route('/', transcoderCallbacks)
  .route('/', episodeMedia)
  .route('/', breakMarks)
  .route('/', campaignsAdmin)
  .route('/', earlyWatch)
  .route('/', auditRoutes)
  .route('/', undoRoutes)
  .route('/', overview)
  .route('/', securityTxt)
  .route('/', streamsAdmin)
  .route('/', playback);
export default app;
export type App = typeof app;

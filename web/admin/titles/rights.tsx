import { lazy } from '../lazy.tsx';

/** What it can be rented and bought for. */
export const Offers = lazy((language) => import('../billing/offers.tsx').then((m) => m.offersPart(language)));
/** Licences, holdbacks and who may watch: fetched when a title is opened. */
export const Rights = lazy((language) => import('../rights/sections.tsx').then((m) => m.sections(language)));

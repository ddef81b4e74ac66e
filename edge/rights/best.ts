import type { BusinessModel } from '../../schema/plans.ts';
import { ascending } from './rows.ts';
import type { Grant } from './terms.ts';

/** Under which model a viewer watches who may under several of the same row: what uses up nothing first, a rental's time next to last. */
const gentlest: Record<BusinessModel, number> = { free: 0, purchase: 1, subscription: 2, rental: 3, ads: 4 };

/**
 * The more permissive one of two grants: without ads before with them, then the taller picture, more dubs, more subtitle
 * languages, downloads, the gentler model, the later end, and of grants that are equal in all of it the smaller licence id.
 * It is a total order, so that the answer never depends on the order of the rows; never a union of two rows (ADR 0019).
 */
export const best = (a: Grant, b: Grant): Grant => (worse(a, b) <= 0 ? a : b);

const worse = (a: Grant, b: Grant): number =>
  Number(a.ads) - Number(b.ads) ||
  ascending(b.maxHeight ?? Infinity, a.maxHeight ?? Infinity) ||
  ascending(breadth(b.audio), breadth(a.audio)) ||
  ascending(breadth(b.subtitles), breadth(a.subtitles)) ||
  Number(b.downloads) - Number(a.downloads) ||
  gentlest[a.model] - gentlest[b.model] ||
  ascending(b.until ?? Infinity, a.until ?? Infinity) ||
  (a.licenceId < b.licenceId ? -1 : Number(a.licenceId > b.licenceId));

const breadth = (languages: readonly string[] | null) => (languages ? new Set(languages).size : Infinity);

import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Licence } from '../../../schema/api/rights.ts';
import { originalLocale } from './locales.ts';
import type { TitlePart } from './title-parts.ts';

/** What a title needs before viewers see it, and where it is done. */
export const needs = [
  { what: 'names', part: 'texts' },
  { what: 'synopsis', part: 'texts' },
  { what: 'poster', part: 'artwork' },
  { what: 'backdrop', part: 'artwork' },
  { what: 'licence', part: 'rights' },
  { what: 'episode', part: 'episodes' },
] as const satisfies { what: string; part: TitlePart }[];
export type Need = (typeof needs)[number]['what'];

/**
 * What is missing: the name in English and in its own script, a synopsis in English, both pictures, a licence that is not over, an
 * episode with a video. None of it is enforced: a page without a backdrop is a page.
 */
export function missing(
  title: AdminTitleDetail,
  licences: readonly Pick<Licence, 'endedAt' | 'endsAt'>[],
  now: number,
): Need[] {
  const native = originalLocale(title) === 'en' || title.names.native !== null;
  const held = licences.some(({ endedAt, endsAt }) => endedAt === null && (endsAt ?? Infinity) > now);
  const has: Record<Need, boolean> = {
    names: native && (title.names.english !== null || 'en' in title.localNames),
    synopsis: Boolean(title.synopsis['en']),
    poster: title.poster !== null,
    backdrop: title.backdrop !== null,
    licence: held,
    episode: title.episodeList.some(
      ({ assetId, publishAssetId }) => assetId !== null || publishAssetId !== null,
    ),
  };
  return needs.map(({ what }) => what).filter((what) => !has[what]);
}

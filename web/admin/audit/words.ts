import type { auditing } from '../../i18n/admin/en-audit.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof auditing>;
/** The words of the log of changes, and of histories. */
export const { useSay, saying } = words<typeof auditing>({
  en: () => import('../../i18n/admin/en-audit.ts').then((m) => m.auditing),
  ja: () => import('../../i18n/admin/ja-audit.ts').then((m) => m.auditing),
});

const kinds = [
  'titles',
  'title_translations',
  'seasons',
  'episodes',
  'episode_translations',
  'title_relations',
  'episode_orders',
  'licensors',
  'licences',
  'holdbacks',
  'takedowns',
  'takedown_notices',
  'plans',
  'subscriptions',
  'purchases',
  'users',
  'invites',
  'uploads',
  'assets',
  'sources',
  'jobs',
  'streams',
  'sessions',
  'accounts',
  'changes',
] as const;
/** Kinds of things that have a word here; what is newer shows under its own name. */
export const knownKinds: readonly string[] = kinds;
export const kindWord = (say: Say, kind: string): string => {
  const known = kinds.find((one) => one === kind);
  return known ? say(`kind.${known}`) : kind;
};

const columns = [
  'slug',
  'kind',
  'name',
  'nameMain',
  'nameNative',
  'nameEnglish',
  'synonyms',
  'status',
  'year',
  'cour',
  'studio',
  'ageRating',
  'originalLanguage',
  'genres',
  'tags',
  'people',
  'poster',
  'backdrop',
  'logo',
  'draft',
  'publishAt',
  'publishAssetId',
  'assetId',
  'publishedAt',
  'takenDownAt',
  'synopsis',
  'locale',
  'season',
  'number',
  'absoluteNumber',
  'airsAt',
  'relatedId',
  'episodeIds',
  'titleId',
  'episodeId',
  'role',
  'state',
  'reason',
  'licensorId',
  'countries',
  'territoryMode',
  'startsAt',
  'endsAt',
  'models',
  'planId',
  'fileName',
  'bytes',
  'endedAt',
  'endedBecause',
  'notes',
] as const;
export const columnWord = (say: Say, name: string): string => {
  const known = columns.find((one) => one === name);
  return known ? say(`column.${known}`) : name;
};

import type { Licence } from '../../../schema/api/rights.ts';
import { countryCodes } from '../../../schema/countries.ts';
import type { Say } from './words.ts';
import type { Formats } from '../format.ts';

/** Countries that contracts name together. */
export const groups = {
  eu: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK',
  dach: 'AT CH DE',
  nordic: 'DK FI IS NO SE',
  northAmerica: 'CA US',
  latinAmerica: 'AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV UY VE',
  southEastAsia: 'BN ID KH LA MM MY PH SG TH TL VN',
  eastAsia: 'CN HK JP KR MO MN TW',
  oceania: 'AU NZ',
  middleEast: 'AE BH EG IL IQ JO KW LB OM PS QA SA SY YE',
  northAfrica: 'DZ EG LY MA SD TN',
  subSaharanAfrica:
    'AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW KE KM LR LS MG ML MR MU MW MZ NA NE NG RW SC SL SN SO SS ST SZ TD TG TZ UG ZA ZM ZW',
  southAsia: 'AF BD BT IN LK MV NP PK',
  cis: 'AM AZ BY KG KZ MD RU TJ UZ',
} as const;
export type Group = keyof typeof groups;
export const codesOf = (group: Group): string[] => groups[group].split(' ');

/** The countries of one of several groups of which none is missing among those chosen. */
export const isWhole = (group: Group, chosen: readonly string[]): boolean =>
  codesOf(group).every((code) => chosen.includes(code));

/**
 * A list of countries as contracts and spreadsheets have it: codes or names between commas, semicolons, bars, tabs, lines, or codes between
 * spaces alone.
 * @returns each known country once, and what was none
 */
export function countriesIn(
  text: string,
  format: Pick<Formats, 'country'>,
): { known: string[]; unknown: string[] } {
  const parts = text
    .split(/[,，、;；|\t\r\n]+/)
    .map((part) => part.trim().replaceAll(/^["'(]+|["').]+$/g, ''))
    .filter(Boolean)
    .flatMap((part) =>
      countryOf(part, format) || !/^[a-z]{2}( +[a-z]{2})+$/i.test(part) ? [part] : part.split(/ +/),
    );
  const known = parts.flatMap((part) => countryOf(part, format) ?? []);
  return { known: [...new Set(known)], unknown: parts.filter((part) => countryOf(part, format) === null) };
}

/** The code of what somebody typed: a code, or a country's name in their language; null for neither. */
export function countryOf(text: string, { country }: Pick<Formats, 'country'>): string | null {
  const typed = text.trim().toLocaleLowerCase();
  return (
    countryCodes.find((code) => code.toLowerCase() === typed) ??
    countryCodes.find((code) => country(code).toLocaleLowerCase() === typed) ??
    null
  );
}

/** Groups so small that their countries are said as quickly. */
const SAID_ONE_BY_ONE = 4;

/** Countries in words; whole groups by their name, so that a region of thirty is not thirty words. */
export function namesOf(t: Say, format: Formats, countries: readonly string[]): string {
  let left = [...countries];
  const names: string[] = [];
  const large = (Object.keys(groups) as Group[])
    .filter((group) => codesOf(group).length > SAID_ONE_BY_ONE)
    .toSorted((a, b) => codesOf(b).length - codesOf(a).length);
  for (const group of large) {
    if (!isWhole(group, left)) continue;
    names.push(t(`group.${group}`));
    left = left.filter((code) => !codesOf(group).includes(code));
  }
  return format.list([...names, ...left.map(format.country)]);
}

export function whereOf(t: Say, format: Formats, { mode, countries }: Licence['territories']): string {
  const names = namesOf(t, format, countries);
  if (mode === 'include') return names;
  return countries.length > 0 ? t('licences.worldExcept', { countries: names }) : t('licences.world');
}

export function windowOf(
  t: Say,
  format: Formats,
  { startsAt, endsAt }: Pick<Licence, 'startsAt' | 'endsAt'>,
) {
  const from = startsAt === null ? '' : format.dateTime(startsAt);
  const until = endsAt === null ? '' : format.dateTime(endsAt);
  if (from && until) return t('licences.window', { from, until });
  if (from) return t('licences.since', { from });
  return until ? t('licences.to', { until }) : t('licences.always');
}

/** The window is [startsAt, endsAt). */
export const standing = (
  { startsAt, endsAt }: Pick<Licence, 'startsAt' | 'endsAt'>,
  now: number,
): 'active' | 'coming' | 'over' =>
  startsAt !== null && now < startsAt ? 'coming' : endsAt !== null && now >= endsAt ? 'over' : 'active';

/** Which episodes a row is about, in words. */
export function scopeOf(
  say: Say,
  { season, episodeFrom, episodeTo }: Pick<Licence, 'season' | 'episodeFrom' | 'episodeTo'>,
) {
  if (season === null) return say('licences.wholeTitle');
  if (episodeFrom === null && episodeTo === null) return say('licences.ofSeason', { season });
  return say('licences.ofRange', { season, from: episodeFrom ?? '…', to: episodeTo ?? '…' });
}

import type { Licence } from '../../../schema/api/editing.ts';
import type { Say } from '../desk.ts';
import type { Formats } from '../format.ts';

/** ISO 3166-1 alpha-2, officially assigned. */
export const countryCodes = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
  'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT ' +
  'MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG ' +
  'UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

/** The code of what somebody typed: a code, or a country's name in their language; null for neither. */
export function countryOf(text: string, { country }: Pick<Formats, 'country'>): string | null {
  const typed = text.trim().toLocaleLowerCase();
  return (
    countryCodes.find((code) => code.toLowerCase() === typed) ??
    countryCodes.find((code) => country(code).toLocaleLowerCase() === typed) ??
    null
  );
}

export function whereOf(t: Say, format: Formats, { mode, countries }: Licence['territories']): string {
  const names = format.list(countries.map(format.country));
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

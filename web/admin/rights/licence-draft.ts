import { businessModels, type BusinessModel } from '../../../schema/plans.ts';
import type { Holdback, Licence, NewHoldback, NewLicence } from '../../../schema/api/rights.ts';
import { listOf, type Draft } from '../form.ts';
import { fromZone, toZone } from '../../zoned-time.ts';

/** Which episodes, where, when and how paid for: what licences and holdbacks have in common. */
export const blankArea = (zone: string, models: readonly BusinessModel[]): Draft => ({
  '/season': '',
  '/episodeFrom': '',
  '/episodeTo': '',
  /** `world` is our word for excluding nothing. */
  '/territories/mode': 'world',
  '/territories/countries': '',
  '/startsAt': '',
  '/endsAt': '',
  /** Of the times that are entered. */
  zone,
  '/models': models.join(),
  '/licensorId': '',
});
export const blankLicence = (zone: string): Draft => ({
  ...blankArea(zone, ['free']),
  '/maxHeight': '',
  '/audioLanguages': '',
  '/subtitleLanguages': '',
  /** `premium=24,standard=2`, in hours. */
  '/earlyAccess': '',
  '/downloads': '',
  reason: '',
});

const text = (draft: Draft, name: string) => draft[name]?.trim() ?? '';
const number = (draft: Draft, name: string) => (text(draft, name) ? Number(text(draft, name)) : null);
const HOUR = 3_600_000;

export const earlyOf = (value: string): Record<string, string> =>
  Object.fromEntries(value.split(',').flatMap((part) => (part ? [part.split('=') as [string, string]] : [])));
export const earlyText = (early: Record<string, string>): string =>
  Object.entries(early)
    .filter(([, hours]) => hours)
    .map((pair) => pair.join('='))
    .join();

/** A holdback as the API takes it. What is left empty is without limit. */
export function newArea(draft: Draft): NewHoldback {
  const mode = text(draft, '/territories/mode');
  const zone = text(draft, 'zone');
  return {
    season: number(draft, '/season'),
    episodeFrom: number(draft, '/episodeFrom'),
    episodeTo: number(draft, '/episodeTo'),
    territories:
      mode === 'world'
        ? { mode: 'exclude', countries: [] }
        : {
            mode: mode === 'include' ? 'include' : 'exclude',
            countries: listOf(text(draft, '/territories/countries')),
          },
    startsAt: fromZone(text(draft, '/startsAt'), zone),
    endsAt: fromZone(text(draft, '/endsAt'), zone),
    models: businessModels.filter((model) => listOf(text(draft, '/models')).includes(model)),
    licensorId: text(draft, '/licensorId') || null,
  };
}

/** A licence as the API takes it. */
export function newLicence(draft: Draft): NewLicence {
  const languages = (name: string) => (text(draft, name) ? listOf(text(draft, name)) : null);
  return {
    ...newArea(draft),
    maxHeight: number(draft, '/maxHeight'),
    audioLanguages: languages('/audioLanguages'),
    subtitleLanguages: languages('/subtitleLanguages'),
    earlyAccess: Object.entries(earlyOf(text(draft, '/earlyAccess'))).map(([plan, hours]) => ({
      plan,
      ms: Math.round(Number(hours) * HOUR),
    })),
    downloads: draft['/downloads'] === 'yes',
  };
}

const shown = (value: number | string | null) => (value === null ? '' : String(value));

/** What licences and holdbacks have in common, as its fields show it. */
export function areaDraft(row: Licence | Holdback, zone: string): Draft {
  const { territories, startsAt, endsAt } = row;
  const isWorld = territories.mode === 'exclude' && territories.countries.length === 0;
  return {
    ...blankArea(zone, row.models),
    '/season': shown(row.season),
    '/episodeFrom': shown(row.episodeFrom),
    '/episodeTo': shown(row.episodeTo),
    '/territories/mode': isWorld ? 'world' : territories.mode,
    '/territories/countries': territories.countries.join(),
    '/startsAt': toZone(startsAt, zone),
    '/endsAt': toZone(endsAt, zone),
    '/licensorId': shown(row.licensorId),
  };
}

/** A licence as its fields show it, to be amended. */
export const licenceDraft = (licence: Licence, zone: string): Draft => ({
  ...blankLicence(zone),
  ...areaDraft(licence, zone),
  '/maxHeight': shown(licence.maxHeight),
  '/audioLanguages': licence.audioLanguages?.join(', ') ?? '',
  '/subtitleLanguages': licence.subtitleLanguages?.join(', ') ?? '',
  '/earlyAccess': earlyText(
    Object.fromEntries(licence.earlyAccess.map(({ plan, ms }) => [plan, String(ms / HOUR)])),
  ),
  '/downloads': licence.downloads ? 'yes' : '',
});

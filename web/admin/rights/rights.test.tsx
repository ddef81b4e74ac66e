import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Decision, Holdback, Licence } from '../../../schema/api/rights.ts';
import { draw, refusal } from '../testing.tsx';
import { sections } from './sections.tsx';

const title: AdminTitleDetail = {
  id: 'ttl_1',
  slug: 'kaze',
  kind: 'series',
  names: { main: 'Kaze', native: null, english: null, local: null },
  status: 'airing',
  year: 2026,
  cour: null,
  ageRating: 'all',
  genres: [],
  poster: null,
  backdrop: null,
  logo: null,
  episodes: 1,
  audio: [],
  subtitles: [],
  synonyms: [],
  studio: null,
  tags: [],
  people: [],
  originalLanguage: 'ja',
  malId: null,
  anilistId: null,
  synopsis: {},
  localNames: {},
  takenDownAt: null,
  draft: false,
  publishAt: null,
  revision: 1,
  seasonList: [],
  createdAt: 1,
  updatedAt: 1,
  relations: [],
  orders: [],
  episodeList: [
    {
      id: 'ep_1',
      titleId: 'ttl_1',
      season: 1,
      number: 1,
      kind: 'story',
      name: 'Wind',
      synopsis: null,
      airsAt: null,
      absoluteNumber: null,
      translations: {},
      assetId: null,
      publishedAt: null,
      takenDownAt: null,
      publishAssetId: null,
      publishAt: null,
      publishRefused: null,
      latestJobId: null,
      revision: 1,
      updatedAt: 1,
    },
  ],
};
const area: Omit<Pick<Licence, keyof Licence & keyof Holdback>, 'id'> = {
  titleId: 'ttl_1',
  licensorId: null,
  season: null,
  episodeFrom: null,
  episodeTo: null,
  territories: { mode: 'include', countries: ['JP'] },
  startsAt: null,
  endsAt: null,
  models: ['subscription'],
  createdAt: 1,
};
const licence: Licence = {
  ...area,
  id: 'lic_1',
  maxHeight: 1080,
  audioLanguages: null,
  subtitleLanguages: null,
  earlyAccess: [{ plan: 'premium', ms: 86_400_000 }],
  downloads: false,
  amends: null,
  endedAt: null,
  endedBecause: null,
};
let rows: Licence[] = [];
const answers = {
  'GET /api/admin/titles/ttl_1/licences': () => ({ items: rows }),
  'GET /api/admin/titles/ttl_1/holdbacks': () => ({ items: [] as Holdback[] }),
  'GET /api/admin/licensors': () => ({ items: [] }),
  'GET /api/admin/plans': () => ({
    items: [{ id: 'premium', name: 'Premium', streams: 4, maxHeight: null, ads: false, downloads: true }],
  }),
};
let shown: Awaited<ReturnType<typeof draw>>;
const open = async (more: Record<string, () => unknown> = {}) => {
  const Sections = await sections('en');
  shown = await draw(<Sections title={title} />, { ...answers, ...more });
  await shown.shows('Licences');
};
const submit = (name: string) =>
  shown.field(name).form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
beforeEach(() => {
  rows = [licence];
  sessionStorage.clear();
});
afterEach(() => shown.leave());

it('says all that a licence says, and keeps what was ended apart', async () => {
  rows = [
    licence,
    { ...licence, id: 'lic_0', maxHeight: 720, endedAt: 5, endedBecause: 'Amended: HD was agreed' },
  ];
  await open();
  await shown.shows('All episodes');
  await shown.shows('All episodes · Without an end · Subscription · up to 1080p · premium: 24 h early');
  await shown.shows('Past licences');
  await shown.shows('Amended: HD was agreed');
  expect(shown.place.textContent).toContain('Past licences');
});

it('adds a licence in the zone that is chosen', async () => {
  rows = [];
  await open({ 'POST /api/admin/titles/ttl_1/licences': () => licence });
  await shown.shows('Without a licence nobody can watch this title.');
  shown.type(shown.field('zone'), 'Asia/Tokyo');
  shown.type(shown.field('/startsAt'), '2026-04-02T00:00');
  await shown.shows('2026-04-01 15:00 UTC');
  submit('/startsAt');
  await vi.waitFor(() =>
    expect(shown.changes()).toMatchObject([
      { json: { startsAt: Date.UTC(2026, 3, 1, 15), endsAt: null, models: ['free'] } },
    ]),
  );
  await shown.shows('The licence counts from now on.');
  // Timeline, list and questions show the same rows: each asked again.
  const reads = () =>
    shown.asked.filter(({ call }) => call === 'GET /api/admin/titles/ttl_1/licences').length;
  await vi.waitFor(() => expect(reads()).toBe(6));
});

it('amends a licence with a reason, beginning with what it says', async () => {
  let refuse = true;
  await open({
    'POST /api/admin/licences/lic_1/amend': () =>
      refuse
        ? refusal('invalid-request', {
            errors: [{ pointer: '/licence/endsAt', detail: 'must be later than startsAt' }],
          })
        : licence,
  });
  await shown.shows('All episodes');
  shown.button('Amend: Japan')!.click();
  await shown.shows('Amending the licence for Japan.');
  shown.type(shown.field('reason'), 'the window moved');
  submit('reason');
  await shown.shows('must be later than startsAt');
  refuse = false;
  submit('reason');
  await shown.shows('The amendment counts from now on.');
  expect(shown.changes().at(-1)?.json).toMatchObject({
    reason: 'the window moved',
    licence: {
      territories: { mode: 'include', countries: ['JP'] },
      maxHeight: 1080,
      models: ['subscription'],
      earlyAccess: [{ plan: 'premium', ms: 86_400_000 }],
    },
  });
});

it('explains a decision in words', async () => {
  await open({
    'GET /api/admin/episodes/ep_1/decision': (): Decision => ({
      at: 1,
      episode: { id: 'ep_1', titleId: 'ttl_1', titleName: 'Kaze', season: 1, number: 1, name: 'Wind' },
      changesAt: null,
      granted: false,
      reason: 'plan-required',
      retryAt: null,
      offer: { at: 1, models: ['subscription'], plans: null },
      grant: null,
      licences: [{ id: 'lic_1', verdict: 'not-paid' }],
      holdbacks: [],
    }),
  });
  await shown.shows('Who may watch?');
  await shown.shows('May not watch: it takes a plan');
  await shown.shows('it opens with: Subscription.');
  await shown.shows('applies to those who pay, which this viewer does not');
  await shown.shows('Nothing changes this answer by itself.');
  const steps = [...shown.place.querySelectorAll('.explained > .steps-of .step')];
  expect(steps.map((step) => step.className.replace('step step--', ''))).toEqual([
    ...Array.from({ length: 7 }, () => 'holds'),
    'fails',
    'unasked',
  ]);
  expect(shown.asked.map(({ call }) => call)).toContain('GET /api/admin/episodes/ep_1/decision');
});

it('shows everybody that a title is down, and lets only those put it back who may', async () => {
  const Sections = await sections('en');
  shown = await draw(<Sections title={{ ...title, takenDownAt: 5 }} />, answers);
  await shown.shows('no viewer sees it.');
  expect(shown.button('Put back')).toBeUndefined(); // an editor
});

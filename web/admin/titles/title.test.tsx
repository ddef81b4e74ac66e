import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { draw, refusal } from '../testing.tsx';
import { NewTitlePage } from './new-title.tsx';
import { TitlePage } from './title.tsx';

const title: AdminTitleDetail = {
  id: 'ttl_1',
  slug: 'kaze',
  kind: 'series',
  names: { main: 'Kaze', native: null, english: null, local: null },
  status: 'airing',
  year: 2026,
  cour: null,
  ageRating: 'all',
  genres: ['drama'],
  poster: null,
  backdrop: null,
  logo: null,
  episodes: 0,
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
  episodeList: [],
  relations: [],
  orders: [],
};
const answers = {
  'GET /api/admin/titles/ttl_1': () => title,
  'GET /api/admin/titles/ttl_1/licences': () => ({ items: [] }),
};
let shown: Awaited<ReturnType<typeof draw>>;
const save = () => {
  const form = shown.field('/names/main').form!;
  form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
};
beforeEach(() => sessionStorage.clear());
afterEach(() => shown.leave());

it('says a refusal at its field, keeps what was typed, and sends only what changed', async () => {
  let refuse = true;
  const detail = 'lower-case letters, digits and single hyphens';
  shown = await draw(<TitlePage id="ttl_1" />, {
    ...answers,
    'PATCH /api/admin/titles/ttl_1': () =>
      refuse
        ? refusal('invalid-request', { errors: [{ pointer: '/slug', detail }] })
        : { ...title, slug: 'kaze-2', studio: 'Boards' },
  });
  await shown.shows('Facts');
  shown.type(shown.field('/slug'), 'Kaze 2');
  shown.type(shown.field('/studio'), 'Boards');
  await shown.shows('2 unsaved changes');
  save();
  await shown.shows(detail);
  const slug = shown.field('/slug');
  expect(slug.value).toBe('Kaze 2');
  expect(slug.getAttribute('aria-invalid')).toBe('true');
  const said = slug
    .getAttribute('aria-describedby')!
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent);
  expect(said).toContain(detail);
  expect(document.activeElement).toBe(slug);
  expect(slug.closest('details')?.open).toBe(true);
  expect(shown.field('/studio').getAttribute('aria-invalid')).toBeNull();

  refuse = false;
  shown.type(slug, 'kaze-2');
  await new Promise((drawn) => setTimeout(drawn));
  save();
  await vi.waitFor(() => expect(shown.place.textContent).not.toContain('unsaved'));
  expect(shown.changes().at(-1)).toEqual({
    call: 'PATCH /api/admin/titles/ttl_1',
    json: { slug: 'kaze-2', studio: 'Boards' },
  });
  expect(shown.field('/slug').value).toBe('kaze-2');
  expect(sessionStorage.length).toBe(0);
});

it('edits that were not saved are there again when the page is opened again', async () => {
  shown = await draw(<TitlePage id="ttl_1" />, answers);
  await shown.shows('Facts');
  shown.type(shown.field('/names/native'), '風');
  await shown.shows('1 unsaved change');
  shown.leave();
  shown = await draw(<TitlePage id="ttl_1" />, answers);
  await shown.shows('Your unsaved changes from before are back.');
  expect(shown.field('/names/native').value).toBe('風');
  shown.button('Discard changes')!.click();
  await vi.waitFor(() => expect(shown.field('/names/native').value).toBe(''));
});

it('typing a value back is no change', async () => {
  shown = await draw(<TitlePage id="ttl_1" />, answers);
  await shown.shows('Facts');
  shown.type(shown.field('/names/main'), 'Kaz');
  await shown.shows('1 unsaved change');
  shown.type(shown.field('/names/main'), 'Kaze');
  await vi.waitFor(() => expect(shown.place.textContent).not.toContain('unsaved'));
});

it('an episode that is there already is pointed out, not overwritten', async () => {
  const episode = {
    id: 'ep_1',
    titleId: 'ttl_1',
    season: 1,
    number: 1,
    kind: 'story',
    name: 'Wind',
  } as const;
  const rest = {
    synopsis: null,
    airsAt: null,
    absoluteNumber: null,
    translations: {},
    assetId: null,
    publishedAt: null,
    takenDownAt: null,
    latestJobId: null,
  };
  const episodeList = [{ ...episode, ...rest }];
  shown = await draw(<TitlePage id="ttl_1" />, {
    ...answers,
    'GET /api/admin/titles/ttl_1': () => ({ ...title, episodeList }),
  });
  await shown.shows('Wind');
  expect(shown.field('/number').value).toBe('2'); // the next one is offered
  shown.type(shown.field('/number'), '1');
  await shown.shows('Season 1 has an episode 1 already.');
  shown.field('/number').form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  expect(shown.changes()).toEqual([]);
});

it('a title that cannot be made because nothing answers keeps its form', async () => {
  shown = await draw(<NewTitlePage />, {});
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  shown.type(shown.field('/names/main'), 'Kaze');
  await vi.waitFor(() => expect(shown.button('Discard changes')).toBeDefined());
  save();
  await shown.shows('The server did not answer');
  expect(shown.field('/names/main').value).toBe('Kaze');
});

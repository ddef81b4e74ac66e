import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { draw, refusal } from '../testing.tsx';
import { aTitle, anEpisode } from './example.ts';
import { NewTitlePage } from './new-title.tsx';
import { TitlePage } from './title.tsx';
import { saying } from './words.ts';

const Page = await saying(TitlePage)('en');
const NewPage = await saying(NewTitlePage)('en');
const READ = 'GET /api/admin/titles/ttl_1';
const CHANGE = 'PATCH /api/admin/titles/ttl_1';
const title = aTitle({});
const answers = {
  [READ]: (): unknown => title,
  'GET /api/admin/titles/ttl_1/licences': () => ({ items: [] }),
  'GET /api/admin/titles': () => ({ items: [title], next: null }),
};
let shown: Awaited<ReturnType<typeof draw>>;
const save = () => {
  const form = shown.place.querySelector('.save')!.closest('form')!;
  form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
};
beforeEach(() => sessionStorage.clear());
afterEach(() => shown.leave());

it('says a refusal at its field, keeps what was typed, and sends only what changed', async () => {
  let refuse = true;
  const detail = 'lower-case letters, digits and single hyphens';
  shown = await draw(<Page id="ttl_1" />, {
    ...answers,
    [CHANGE]: () =>
      refuse
        ? refusal('invalid-request', { errors: [{ pointer: '/slug', detail }] })
        : { ...title, slug: 'kaze-2', studio: 'Boards', revision: 2 },
  });
  await shown.shows('More details');
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
  await vi.waitFor(() => expect(document.activeElement).toBe(slug));
  expect(slug.closest('details')?.open).toBe(true);
  expect(shown.field('/studio').getAttribute('aria-invalid')).toBeNull();

  refuse = false;
  shown.type(slug, 'kaze-2');
  await new Promise((drawn) => setTimeout(drawn));
  save();
  await shown.shows('The changes are saved.');
  expect(shown.changes().at(-1)).toMatchObject({ call: CHANGE, json: { slug: 'kaze-2', studio: 'Boards' } });
  expect(shown.field('/slug').value).toBe('kaze-2');
  expect(sessionStorage.length).toBe(0);
  expect(shown.button('Undo')).toBeDefined();
});

it('edits that were not saved are there again when the page is opened again', async () => {
  shown = await draw(<Page id="ttl_1" />, answers);
  await shown.shows('More details');
  shown.type(shown.field('/names/native'), '風');
  await shown.shows('1 unsaved change');
  shown.leave();
  shown = await draw(<Page id="ttl_1" />, answers);
  await shown.shows('Your unsaved changes from before are back.');
  expect(shown.field('/names/native').value).toBe('風');
  shown.button('Discard changes')!.click();
  await vi.waitFor(() => expect(shown.field('/names/native').value).toBe(''));
});

it('typing a value back is no change', async () => {
  shown = await draw(<Page id="ttl_1" />, answers);
  await shown.shows('More details');
  shown.type(shown.field('/names/main'), 'Kaz');
  await shown.shows('1 unsaved change');
  shown.type(shown.field('/names/main'), 'Kaze');
  await vi.waitFor(() => expect(shown.place.textContent).not.toContain('unsaved'));
});

/** A title as the API keeps it: what is sent over another revision is refused. */
function kept() {
  const server: { now: AdminTitleDetail; others: (change: Partial<AdminTitleDetail>) => void } = {
    now: title,
    others: (change) => {
      server.now = { ...server.now, ...change, revision: server.now.revision + 1 };
    },
  };
  return server;
}
const patching = (server: ReturnType<typeof kept>) => ({
  ...answers,
  [READ]: () => server.now,
  [CHANGE]: () => {
    if (shown.header('if-match') !== `"${server.now.revision}"`) return refusal('changed-meanwhile');
    server.others(shown.changes().at(-1)!.json as Partial<AdminTitleDetail>);
    return server.now;
  },
});

it('two editors who change different fields both have what they typed', async () => {
  const server = kept();
  shown = await draw(<Page id="ttl_1" />, patching(server));
  await shown.shows('More details');
  shown.type(shown.field('/studio'), 'Boards');
  await shown.shows('1 unsaved change');
  server.others({ year: 2027 });
  save();
  await shown.shows('The changes are saved.');
  expect(server.now).toMatchObject({ studio: 'Boards', year: 2027, revision: 3 });
  expect(shown.field('/year').value).toBe('2027');
});

it('a field that both changed is asked about, and everything typed stays until then', async () => {
  const server = kept();
  shown = await draw(<Page id="ttl_1" />, patching(server));
  await shown.shows('More details');
  shown.type(shown.field('/year'), '2028');
  shown.type(shown.field('/studio'), 'Boards');
  await shown.shows('2 unsaved changes');
  server.others({ year: 2027, genres: ['comedy'] });
  save();
  await shown.shows('Somebody else changed the same');
  expect(shown.place.querySelector('.clashes')!.textContent).toMatch(/Year.*2027.*2028.*Before:.*2026/);
  expect(shown.place.textContent).toContain('Meanwhile somebody else changed: Genres');
  expect(shown.field('/year').value).toBe('2028');
  expect(shown.field('/genres').value).toBe('comedy');
  expect(server.now.studio).toBeNull();

  save(); // nothing was chosen: nothing is sent
  expect(document.activeElement?.getAttribute('type')).toBe('radio');
  const [theirs, mine] = shown.place.querySelectorAll<HTMLInputElement>('.clashes input');
  theirs!.click();
  mine!.click();
  await vi.waitFor(() => expect(mine!.checked).toBe(true));
  save();
  await shown.shows('The changes are saved.');
  expect(server.now).toMatchObject({ year: 2028, studio: 'Boards', genres: ['comedy'] });
});

it('takes theirs where that is chosen, also after the page was loaded again', async () => {
  const server = kept();
  shown = await draw(<Page id="ttl_1" />, patching(server));
  await shown.shows('More details');
  shown.type(shown.field('/year'), '2028');
  await shown.shows('1 unsaved change');
  shown.leave();
  server.others({ year: 2027 });
  shown = await draw(<Page id="ttl_1" />, patching(server));
  await shown.shows('Somebody else changed the same');
  shown.place.querySelector<HTMLInputElement>('.clashes input')!.click();
  await new Promise((drawn) => setTimeout(drawn));
  save();
  await vi.waitFor(() => expect(shown.place.textContent).not.toContain('Somebody else'));
  expect(shown.field('/year').value).toBe('2027');
  expect(shown.changes()).toEqual([]);
});

it('shows of each language what is missing, and saves what is typed beside the original', async () => {
  const texts = aTitle({
    names: { main: 'Kaze', native: '風', english: null, local: null },
    synopsis: { ja: '風の話。' },
    localNames: { de: 'Wind' },
  });
  shown = await draw(<Page id="ttl_1" part="texts" />, {
    ...answers,
    [READ]: () => texts,
    [CHANGE]: () => ({ ...texts, revision: 2 }),
  });
  await shown.shows('Japanese complete');
  await shown.shows('English missing');
  await shown.shows('German no synopsis');
  shown.type(shown.field('/names/english'), 'Wind');
  shown.type(shown.field('/synopsis/fr'), 'Le vent.');
  await shown.shows('English no synopsis');
  save();
  await shown.shows('The changes are saved.');
  expect(shown.changes().at(-1)!.json).toEqual({ names: { english: 'Wind' }, synopsis: { fr: 'Le vent.' } });
});

it('people are put in order by the keys of their handles', async () => {
  const [a, b] = [
    { name: 'Aki', native: null, role: 'Director' },
    { name: 'Ben', native: null, role: 'Music' },
  ];
  shown = await draw(<Page id="ttl_1" part="people" />, {
    ...answers,
    [READ]: () => aTitle({ people: [a, b] }),
    [CHANGE]: () => ({ ...title, people: [b, a], revision: 2 }),
  });
  await vi.waitFor(() => expect(shown.place.querySelectorAll('.sort__handle')).toHaveLength(2));
  const [handle] = shown.place.querySelectorAll<HTMLElement>('.sort__handle');
  handle!.focus();
  handle!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  await shown.shows('Aki is now 2 of 2.');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Aki, 2 of 2');
  save();
  await shown.shows('The changes are saved.');
  expect(shown.changes().at(-1)!.json).toEqual({ people: [b, a] });
});

it('a draft says what it lacks and is published, at once or later', async () => {
  const draft = aTitle({ draft: true, episodeList: [anEpisode({ assetId: 'ast_1' })] });
  shown = await draw(<Page id="ttl_1" />, {
    ...answers,
    [READ]: () => draft,
    'POST /api/admin/titles/ttl_1/publish': () =>
      shown.header('if-match') === '"1"' ? { ...draft, publishAt: 1 } : refusal('changed-meanwhile'),
  });
  await shown.shows('Draft');
  await shown.shows('5 things are missing');
  expect(shown.button('Poster')!.getAttribute('href')).toBe('/admin/titles/ttl_1/artwork');
  shown.button('Publish later …')!.click();
  await shown.shows('In your time zone');
  const when = shown.place.querySelector<HTMLInputElement>('[type="datetime-local"]')!;
  shown.type(when, '2031-04-05T22:30');
  await shown.shows('UTC.');
  when.form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await shown.shows('Kaze is going to be published.');
  expect(shown.changes().at(-1)).toMatchObject({
    call: 'POST /api/admin/titles/ttl_1/publish',
    json: { at: new Date('2031-04-05T22:30').getTime() },
  });
});

it('a title that cannot be made because nothing answers keeps its form', async () => {
  shown = await draw(<NewPage />, {});
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  shown.type(shown.field('/names/main'), 'Kaze');
  await vi.waitFor(() => expect(shown.button('Discard changes')).toBeDefined());
  shown.field('/names/main').form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await shown.shows('The server did not answer');
  expect(shown.field('/names/main').value).toBe('Kaze');
});

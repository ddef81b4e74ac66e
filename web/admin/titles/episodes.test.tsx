import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AdminEpisode, SeasonImport } from '../../../schema/api/editing.ts';
import { draw, refusal } from '../testing.tsx';
import { aTitle, anEpisode } from './example.ts';
import { TitlePage } from './title.tsx';
import { saying } from './words.ts';

const Page = await saying(TitlePage)('en');
const READ = 'GET /api/admin/titles/ttl_1';
const one = anEpisode({ id: 'ep_1', number: 1, name: 'First', airsAt: Date.UTC(2027, 0, 9, 14, 30) });
const two = anEpisode({ id: 'ep_2', number: 2, name: 'Second' });
const title = aTitle({ episodeList: [one, two], seasonList: [{ number: 1, name: null }] });
const answers = {
  [READ]: (): unknown => title,
  'GET /api/admin/titles/ttl_1/licences': () => ({ items: [] }),
};
const page = <Page id="ttl_1" part="episodes" />;
let shown: Awaited<ReturnType<typeof draw>>;
const submit = (within: string) =>
  shown.place.querySelector(within)!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
const edit = (name: string) =>
  [...shown.place.querySelectorAll<HTMLElement>('.row-do button')]
    .find((button) => button.textContent === `Edit: ${name}`)!
    .click();
/** The name of the row that is being changed. */
const inline = () => shown.place.querySelector<HTMLInputElement>('.inline [name="/name"]');
const drawn = () => new Promise((done) => setTimeout(done));
const tick = (index: number) =>
  shown.place.querySelectorAll<HTMLElement>('tbody input[type=checkbox]')[index]!.click();
beforeEach(() => sessionStorage.clear());
afterEach(() => shown.leave());

it('Enter saves a row and goes on to the next one, where Escape ends it', async () => {
  shown = await draw(page, {
    ...answers,
    'PATCH /api/admin/episodes/ep_1': () =>
      shown.header('if-match') === '"1"'
        ? { ...one, name: 'The first', revision: 2 }
        : refusal('changed-meanwhile'),
  });
  await shown.shows('First');
  edit('First');
  await vi.waitFor(() => expect(document.activeElement).toBe(inline()!));
  shown.type(inline()!, 'The first');
  await drawn();
  submit('.inline');
  await shown.shows('Episode 1 is saved.');
  await vi.waitFor(() => expect(inline()!.value).toBe('Second'));
  expect(shown.changes()).toEqual([{ call: 'PATCH /api/admin/episodes/ep_1', json: { name: 'The first' } }]);
  inline()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await vi.waitFor(() => expect(inline()).toBeNull());
  expect(document.activeElement?.textContent).toBe('Edit: Second');
});

it('a row that somebody else changed meanwhile asks, and keeps what was typed', async () => {
  const theirs: AdminEpisode = { ...one, name: 'Theirs', revision: 2 };
  shown = await draw(page, {
    ...answers,
    'GET /api/admin/episodes/ep_1': () => theirs,
    'PATCH /api/admin/episodes/ep_1': () =>
      shown.header('if-match') === '"2"'
        ? { ...theirs, name: 'Mine', revision: 3 }
        : refusal('changed-meanwhile'),
  });
  await shown.shows('First');
  edit('First');
  await vi.waitFor(() => expect(inline()!.value).toBe('First'));
  shown.type(inline()!, 'Mine');
  await drawn();
  submit('.inline');
  await shown.shows('Somebody else changed the same');
  expect(inline()!.value).toBe('Mine');
  shown.place.querySelectorAll<HTMLInputElement>('.clashes input')[1]!.click();
  await drawn();
  submit('.inline');
  await shown.shows('Episode 1 is saved.');
});

it('changes what is chosen at once, and says of each why it was not changed', async () => {
  shown = await draw(page, {
    ...answers,
    'POST /api/admin/episodes/bulk': () => ({
      items: [
        { id: 'ep_1', fate: 'changed', because: null },
        { id: 'ep_2', fate: 'refused', because: 'It has no media.' },
      ],
    }),
  });
  await shown.shows('First');
  tick(0);
  tick(1);
  await shown.shows('2 selected');
  shown.button('Publish')!.click();
  await shown.shows('1 was changed.');
  await shown.shows('S1 E2: It has no media.');
  expect(shown.changes().at(-1)).toEqual({
    call: 'POST /api/admin/episodes/bulk',
    json: { ids: ['ep_1', 'ep_2'], publish: true },
  });
  expect(shown.button('Undo')).toBeDefined();
});

it('says what a file would do and refuses it while a row is wrong', async () => {
  const answer: SeasonImport = {
    applied: false,
    rows: [
      {
        row: 2,
        season: 1,
        number: 1,
        fate: 'change',
        changes: [{ field: 'name', before: 'First', after: 'One' }],
        problems: [],
      },
      { row: 3, season: null, number: null, fate: 'refused', changes: [], problems: ['It has no number.'] },
    ],
  };
  shown = await draw(page, { ...answers, 'POST /api/admin/titles/ttl_1/import': () => answer });
  await shown.shows('Import a season');
  const drop = new Event('drop', { bubbles: true, cancelable: true });
  const file = new File(['season,number\n'], 'season.csv', { type: 'text/csv' });
  shown.place.querySelector('.drop')!.dispatchEvent(Object.assign(drop, { dataTransfer: { files: [file] } }));
  await shown.shows('It has no number.');
  await shown.shows('season.csv: 0 new, 1 changed, 0 the same, 1 refused');
  expect(shown.header('content-type')).toBe('text/csv');
  expect(shown.button('Import 1 row')!.hasAttribute('disabled')).toBe(true);
});

it('adds a cour at once, each with its time by the clock of a zone', async () => {
  shown = await draw(page, {
    ...answers,
    'POST /api/admin/titles/ttl_1/import': () => ({ applied: true, rows: [] }),
  });
  await shown.shows('Add many at once');
  const form = [...shown.place.querySelectorAll('form')].find((one) =>
    one.textContent?.includes('How many'),
  )!;
  const [count, from] = form.querySelectorAll('input');
  shown.type(count!, '2');
  shown.type(from!, '2027-03-20T22:30');
  await drawn();
  form.querySelector('select')!.value = 'Europe/Berlin';
  form.querySelector('select')!.dispatchEvent(new Event('change', { bubbles: true }));
  await drawn();
  form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await shown.shows('2 episodes were added.');
  expect(shown.changes().at(-1)!.json).toEqual([
    { season: 1, number: 3, airsAt: Date.UTC(2027, 2, 20, 21, 30) },
    { season: 1, number: 4, airsAt: Date.UTC(2027, 2, 27, 21, 30) },
  ]);
});

it('an episode that is there already is pointed out, not overwritten', async () => {
  shown = await draw(page, answers);
  await shown.shows('First');
  expect(shown.field('/number').value).toBe('3'); // the next one is offered
  shown.type(shown.field('/number'), '1');
  await shown.shows('Season 1 has an episode 1 already.');
  shown.field('/number').form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  expect(shown.changes()).toEqual([]);
});

import { afterEach, expect, it, vi } from 'vitest';
import type { AuditItem, AuditPage, AuditState } from '../../../schema/api/audit.ts';
import { draw, refusal } from '../testing.tsx';
import { AuditPage as Page } from './audit.tsx';
import { changesOf } from './grouped.ts';
import { history } from './history-part.tsx';
import { narrowedIn } from './narrowed.ts';
import { saying } from './words.ts';

const item = (given: Partial<AuditItem>): AuditItem => ({
  seq: 9,
  at: Date.UTC(2026, 10, 1),
  request: 'req_1',
  operation: 'PATCH /api/admin/titles/:id',
  actor: { id: 'usr_1', name: 'Edo', role: 'editor' },
  from: { address: '192.0.2.1', country: 'JP', userAgent: 'Desk/1' },
  kind: 'titles',
  id: 'ttl_1',
  titleId: 'ttl_1',
  episodeId: null,
  op: 'update',
  fields: [
    { name: 'nameMain', before: 'Kaze', after: 'Kaze no Denrei' },
    { name: 'genres', before: [], after: ['Drama', 'Mystery'] },
    { name: 'draft', before: true, after: false },
    { name: 'publishAt', before: Date.UTC(2026, 11, 24), after: null },
  ],
  undo: 'yes',
  ...given,
});
const rights = item({
  seq: 8,
  request: 'req_2',
  kind: 'licences',
  id: 'lic_1',
  op: 'insert',
  undo: 'rights',
  fields: [
    { name: 'licensorId', before: null, after: 'lsr_1' },
    { name: 'titleId', before: null, after: 'ttl_1' },
  ],
});
const page: AuditPage = {
  items: [
    item({}),
    item({
      seq: 7,
      kind: 'title_translations',
      id: 'ttl_1 fr',
      fields: [{ name: 'name', before: 'A', after: 'B' }],
    }),
    rights,
  ],
  next: null,
  names: { ttl_1: 'Kaze', lsr_1: 'Studio Kaze' },
};
const state: AuditState = {
  last: { seq: 9, at: 0 },
  sealed: { seq: 9, hash: 'ab', at: 0 },
  anchored: null,
};
const answers = {
  'GET /api/admin/audit': () => page,
  'GET /api/admin/audit/state': () => state,
};
let desk: Awaited<ReturnType<typeof draw>>;
afterEach(() => desk.leave());
const show = async (query = '', more: Record<string, () => unknown> = {}) => {
  const Audit = await saying(Page)('en');
  desk = await draw(<Audit address={new URL(`http://localhost/admin/audit${query}`)} />, {
    ...answers,
    ...more,
  });
  await desk.shows('Kaze no Denrei');
};

it('shows who changed what, field by field, with names for ids', async () => {
  await show();
  const text = desk.place.textContent.replaceAll(/\s+/g, ' ');
  expect(text).toContain('Title “Kaze” changed 2 rows');
  expect(text).toContain('NameKaze→ Kaze no Denrei');
  expect(text).toContain('Genresnothing→ Drama and Mystery');
  expect(text).toContain('Draftyes→ no');
  expect(text).toMatch(/To be publishedDec 24, 2026/);
  expect(text).toContain('Texts of a title “Kaze · fr” changed');
  expect(text).toContain('LicensorStudio Kaze');
  expect(text).toContain('From 192.0.2.1, Japan');
  expect(text).toContain('Not undone here: licences are amended or revoked.');
  expect(text).toContain('Sealed to entry 9');
});

it('undoes a change once that is confirmed, and shows what is there then', async () => {
  await show('', { 'POST /api/admin/changes/req_1/undo': () => ({ request: 'req_9', rows: 2 }) });
  desk.button('Undo: Title “Kaze” changed (2 rows)')!.click();
  await vi.waitFor(() => expect(document.querySelector('dialog')).not.toBeNull());
  const yes = [...document.querySelectorAll('dialog button')].find((one) => one.textContent === 'Undo');
  (yes as HTMLButtonElement).click();
  await desk.shows('Put back: Title “Kaze” changed (2 rows)');
  expect(desk.changes()).toEqual([{ call: 'POST /api/admin/changes/req_1/undo', json: null }]);
  expect(desk.asked.filter(({ call }) => call === 'GET /api/admin/audit').length).toBe(2);
});

it('says who has changed the same since', async () => {
  const problem = refusal('conflict', {
    detail: 'Somebody has changed the same since; that would be lost. Nothing was undone.',
    errors: [{ pointer: '/titles/ttl_1/nameMain', detail: 'now "Theirs", by Ai, 2026-11-02' }],
  });
  await show('', { 'POST /api/admin/changes/req_1/undo': () => problem });
  desk.button('Undo: Title “Kaze” changed (2 rows)')!.click();
  await vi.waitFor(() => expect(document.querySelector('dialog')).not.toBeNull());
  const yes = [...document.querySelectorAll('dialog button')].find((one) => one.textContent === 'Undo');
  (yes as HTMLButtonElement).click();
  await desk.shows('now "Theirs", by Ai');
});

it('is narrowed by its address, which others can be sent', async () => {
  await show('?actor=usr_1&kind=titles&q=ka');
  expect(narrowedIn(new URL('http://x/?actor=usr_1&kind=titles&q=ka&rubbish=1'))).toEqual({
    actor: 'usr_1',
    kind: 'titles',
  });
  expect(desk.place.querySelector<HTMLSelectElement>('[name="kind"]')!.value).toBe('titles');
  expect(desk.place.querySelector<HTMLAnchorElement>('.chip')!.getAttribute('href')).toBe(
    '/admin/audit?kind=titles',
  );
});

it('of what was made says the most telling first, and all of it when asked', async () => {
  const made = item({
    request: 'req_3',
    kind: 'assets',
    id: 'ast_1',
    op: 'insert',
    undo: 'media',
    fields: [
      { name: 'sourceKey', before: null, after: 'sources/1' },
      { name: 'fileName', before: null, after: 'Kaze - 01.mkv' },
      { name: 'keyId', before: null, after: 'key_1' },
      { name: 'warnings', before: null, after: [] },
    ],
  });
  await show('', { 'GET /api/admin/audit': () => ({ ...page, items: [item({}), made] }) });
  const rest = desk.place.querySelector('.change details')!;
  expect(rest.querySelector('summary')!.textContent).toBe('2 more fields');
  expect([...rest.querySelectorAll('th[scope=row]')].map((one) => one.textContent)).toEqual([
    'Source file, where it is kept',
    'Key it is encrypted with',
  ]);
  expect(rest.parentElement!.querySelector('.diff')!.textContent).toContain('FileKaze - 01.mkv');
});

it('shows the history of one title where it is placed', async () => {
  const History = await history('en');
  const own = { ...page, items: page.items.map((one) => ({ ...one, from: null })) };
  desk = await draw(<History titleId="ttl_1" />, { 'GET /api/admin/titles/ttl_1/history': () => own });
  await desk.shows('Kaze no Denrei');
  expect(desk.place.textContent).not.toContain('192.0.2.1');
  expect(desk.button('Undo: Title “Kaze” changed (2 rows)')).toBeDefined();
});

it('offers to undo a change only if all of it can be put back', () => {
  const mixed = changesOf([item({}), item({ seq: 8, kind: 'assets', undo: 'media' })]);
  expect(mixed).toHaveLength(1);
  expect(mixed[0]!.undo).toBe('media');
  const undone = changesOf([item({ kind: 'changes', op: 'act', undo: 'act' }), item({ seq: 8 })]);
  expect(undone[0]).toMatchObject({ undo: 'yes', first: { kind: 'titles' } });
});

import { afterEach, expect, it, vi } from 'vitest';
import type { AdminEpisode } from '../../../../schema/api/editing.ts';
import type { AssetView, EpisodeMedia } from '../../../../schema/api/media.ts';
import { asset as base } from '../../jobs/jobs.fixture.ts';
import { draw, refusal } from '../../testing.tsx';
import type { UploadQueue } from '../../uploader/queue.ts';
import { EpisodeMediaSections } from './versions.tsx';

const episode: AdminEpisode = {
  id: 'ep_1',
  titleId: 'ttl_1',
  season: 1,
  number: 3,
  kind: 'story',
  name: null,
  synopsis: null,
  airsAt: null,
  absoluteNumber: null,
  translations: {},
  assetId: 'ast_1',
  publishedAt: 1,
  takenDownAt: null,
  publishAssetId: null,
  publishAt: null,
  publishRefused: null,
  latestJobId: 'job_1',
  revision: 1,
  updatedAt: 1,
};
const track = { language: 'ja', default: true };
const loud = (integrated: number) => ({ integrated, truePeak: -2, range: 6 });
const asset: AssetView = {
  ...base,
  version: 2,
  audio: [
    {
      ...track,
      id: 'a0-ja',
      name: 'Japanese',
      role: 'main',
      channels: 2,
      averageBandwidth: 160_000,
      bytes: 28_000_000,
      facts: {
        before: loud(-23.1),
        after: loud(-18),
        gain: 5.1,
        method: 'linear',
        silence: [],
        fingerprint: null,
      },
    },
    {
      ...track,
      id: 'a1-en',
      name: 'English',
      language: 'en',
      default: false,
      role: 'dub',
      channels: 6,
      averageBandwidth: 384_000,
      bytes: 69_000_000,
      facts: null,
    },
  ],
  subtitles: [
    {
      ...track,
      id: 's0-fr',
      name: 'French',
      language: 'fr',
      role: 'full',
      bytes: 40_000,
      typeset: true,
      fonts: ['Gandhi Sans'],
    },
  ],
};
const found: EpisodeMedia = {
  assets: [asset],
  markers: [{ kind: 'opening', start: 62.5, end: 152.5, source: 'fingerprint', first: true }],
  flashes: [{ start: 12, end: 14.5, badness: 2 }],
};
let shown: Awaited<ReturnType<typeof draw>>;
afterEach(() => shown.leave());
const upload = { episodeId: 'ep_1', titleId: 'ttl_1', label: 'Kaze 3' } as const;
const page = async (answers: Record<string, () => unknown> = {}, uploads: Partial<UploadQueue> = {}) => {
  shown = await draw(
    <EpisodeMediaSections episode={episode} upload={upload} />,
    { 'GET /api/admin/episodes/ep_1/media': () => found, ...answers },
    uploads,
  );
  await shown.shows('Version 2');
  return shown;
};
const set = (field: HTMLInputElement | HTMLSelectElement, value: string, event: 'input' | 'change') => {
  field.value = value;
  field.dispatchEvent(new Event(event, { bubbles: true }));
};

/** Preact draws what was set a moment later. */
const drawn = () => new Promise((resolve) => setTimeout(resolve, 20));

it('a version says what it is made of', async () => {
  const { place } = await page();
  expect(place.querySelector('.rungs')?.textContent).toBe('1920 × 1080 H.264 · 2,012 kbit/s');
  const rows = [...place.querySelectorAll('.table--tracks tbody tr')].map((row) => row.textContent);
  expect(rows[0]).toBe('JapaneseDefaultJapaneseOriginalStereo · −23.1 to −18.0 LUFSRemove');
  expect(rows[1]).toBe('EnglishEnglishDub5.1Remove');
  expect(rows[2]).toBe('FrenchDefaultFrenchDialogueTypeset (ASS) · Fonts: Gandhi SansRemove');
  expect(place.textContent).toContain('Pictures flash at 0:12.0–0:14.5.');
});

it('a track goes when the answer is yes; what the server refuses is said', async () => {
  const { place, changes, shows } = await page({
    'DELETE /api/admin/assets/ast_1/tracks/a1-en': () =>
      refusal('conflict', { detail: 'Another change is under way.' }),
  });
  place.querySelector<HTMLElement>('[aria-label="Remove English"]')!.click();
  await vi.waitFor(() => expect(place.querySelector('dialog')?.open).toBe(true));
  place.querySelector('dialog')!.close('yes');
  await shows('Another change is under way.');
  expect(changes().map(({ call }) => call)).toEqual(['DELETE /api/admin/assets/ast_1/tracks/a1-en']);
});

it('a subtitle file is put in the line with what its name and the editor say', async () => {
  const add = vi.fn<UploadQueue['add']>();
  const { place, button } = await page({}, { add });
  button('Add or replace a track')!.click();
  await vi.waitFor(() => expect(place.querySelector('.track-form')).not.toBeNull());
  const form = place.querySelector<HTMLFormElement>('.track-form')!;
  const file = new File(['1'], 'Kaze 03.fr.ass');
  const chooser = form.querySelector<HTMLInputElement>('input[type=file]')!;
  Object.defineProperty(chooser, 'files', { value: [file] });
  chooser.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(button('Upload')).toHaveProperty('disabled', false));
  const selects = [...form.querySelectorAll('select')];
  set(selects[1]!, 'signs', 'change');
  set(selects[2]!, 's0-fr', 'change');
  await drawn();
  form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  expect(add).toHaveBeenCalledWith(file, upload, {
    track: { kind: 'subtitles', language: 'fr', name: null, delay: 0, replaces: 's0-fr', role: 'signs' },
  });
});

it('markers are corrected by hand, and what is no time is not sent', async () => {
  const { place, button, changes } = await page({ 'PUT /api/admin/episodes/ep_1/markers': () => found });
  const start = place.querySelector<HTMLInputElement>('[aria-label="Starts at"]')!;
  expect(start.value).toBe('1:02.5');
  set(start, 'x', 'input');
  await vi.waitFor(() => expect(button('Save changes')).toHaveProperty('disabled', true));
  set(place.querySelector<HTMLInputElement>('[aria-label="Starts at"]')!, '1:03', 'input');
  await vi.waitFor(() => expect(button('Save changes')).toHaveProperty('disabled', false));
  button('Save changes')!.click();
  await vi.waitFor(() =>
    expect(changes()).toEqual([
      {
        call: 'PUT /api/admin/episodes/ep_1/markers',
        json: { markers: [{ kind: 'opening', start: 63, end: 152.5 }] },
      },
    ]),
  );
});

it('the source is encoded once more with other settings', async () => {
  const { place, button, changes, shows } = await page({
    'POST /api/admin/assets/ast_1/encode': () => Response.json({ jobId: 'job_2' }, { status: 202 }),
  });
  button('Encode again …')!.click();
  await vi.waitFor(() => expect(place.querySelector('dialog')?.open).toBe(true));
  set(place.querySelector<HTMLInputElement>('dialog input[placeholder="22"]')!, '19', 'input');
  await drawn();
  place
    .querySelector<HTMLFormElement>('dialog form')!
    .dispatchEvent(new Event('submit', { cancelable: true }));
  await shows('See its job');
  expect(button('See its job')!.getAttribute('href')).toBe('/admin/jobs/job_2');
  expect(changes()).toEqual([
    { call: 'POST /api/admin/assets/ast_1/encode', json: { settings: { crf: 19 }, publishWhenReady: false } },
  ]);
});

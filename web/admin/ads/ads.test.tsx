import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Campaign, CampaignNumbers } from '../../../schema/api/ads.ts';
import type { Marker } from '../../../schema/media-facts.ts';
import { saying as rightsWords } from '../rights/words.ts';
import { draw, refusal } from '../testing.tsx';
import { saying as titleWords } from '../titles/words.ts';
import { breakEditor } from './break-editor.tsx';
import { proposedBreaks, wrongBreaks } from './break-marks.ts';
import { blankCampaign, campaignDraft, campaignFields } from './campaign-draft.ts';
import { CampaignPage } from './campaign.tsx';
import { CampaignsPage } from './campaigns.tsx';
import { forecastOf, slotsOf, totalsOf } from './figures.ts';
import { saying } from './words.ts';

const DAY = 86_400_000;
const campaign: Campaign = {
  id: 'cmp_1',
  state: 'running',
  name: 'Spring tea',
  advertiser: 'Kotori Tea',
  startsAt: null,
  endsAt: null,
  creative: {
    episodeId: 'ep_9',
    titleId: 'ttl_9',
    titleName: 'Kotori Tea films',
    season: 1,
    number: 1,
    name: null,
    duration: 6,
    fault: null,
  },
  vastUrl: null,
  clickUrl: 'https://tea.example/',
  countries: ['DE', 'JP'],
  languages: ['ja'],
  titles: [{ id: 'ttl_1', name: 'Kaze' }],
  leastRating: null,
  mostRating: '16',
  capPerDay: 3,
  goal: 1000,
  pacing: 'even',
  priority: 5,
  cpm: 1250,
  currency: 'usd',
  shown: 412,
  createdAt: 1,
  updatedAt: 2,
};
const none = { impressions: 0, q1: 0, q2: 0, q3: 0, q4: 0, skips: 0, clicks: 0 };
const numbers: CampaignNumbers = {
  by: 'day',
  from: 0,
  until: 39.5 * DAY,
  items: [{ at: 39 * DAY, ...none, impressions: 10, q1: 8, q2: 6, q3: 5, q4: 4, clicks: 1 }],
  shown: 412,
  millis: 412 * 1250,
  pace: { goal: 1000, expected: 500, forecast: 900, meets: false, metAt: null },
};
let shown: Awaited<ReturnType<typeof draw>>;
afterEach(() => shown?.leave());

describe('the fields of a campaign', () => {
  it('say again what the API said, in the units of its currency', () => {
    const { creative, titles, id: _, state: _s, shown: _n, createdAt: _c, updatedAt: _u, ...same } = campaign;
    expect(campaignFields(campaignDraft(campaign))).toEqual({
      ...same,
      creativeEpisodeId: creative!.episodeId,
      titleIds: titles!.map(({ id }) => id),
    });
    expect(campaignDraft(campaign)['/cpm']).toBe('12.5');
    const yen = campaignFields(campaignDraft({ ...campaign, cpm: 800, currency: 'jpy' }));
    expect([yen.cpm, campaignDraft({ ...campaign, cpm: 800, currency: 'jpy' })['/cpm']]).toEqual([
      800,
      '800',
    ]);
  });

  it('are open where nothing is said', () => {
    expect(campaignFields({ ...blankCampaign, '/name': 'A', '/advertiser': 'B' })).toMatchObject({
      creativeEpisodeId: null,
      vastUrl: null,
      countries: null,
      titleIds: null,
      goal: null,
      cpm: null,
      currency: null,
      priority: 5,
    });
  });
});

describe('numbers', () => {
  it('stand for every day, also those without any', () => {
    const slots = slotsOf(numbers);
    expect(slots).toHaveLength(31);
    expect(slots.at(-1)).toMatchObject({ at: 39 * DAY, impressions: 10 });
    expect(slots[0]).toMatchObject({ at: 9 * DAY, impressions: 0 });
    expect(totalsOf([...slots, ...slots]).q2).toBe(12);
  });

  it('are said of a goal in words', () => {
    expect(forecastOf(numbers.pace, 'running')).toBe('short');
    expect(forecastOf(numbers.pace, 'paused')).toBeNull();
    expect(forecastOf({ ...numbers.pace!, meets: true, metAt: 9 }, 'running')).toBe('on-time');
    expect(forecastOf(null, 'running')).toBeNull();
  });
});

describe('breaks', () => {
  const opening = (start: number, end: number): Marker => ({
    kind: 'opening',
    start,
    end,
    first: false,
    source: 'chapters',
  });
  it('are proposed where an episode breathes, and apart', () => {
    expect(proposedBreaks([opening(90, 180)], 1440)).toEqual([0, 180, 660, 1140]);
    expect(proposedBreaks([opening(0, 30)], 1440)[1]).toBe(480); // too close to the beginning
    expect(proposedBreaks([], null)).toEqual([0]);
    for (const duration of [10, 600, 7200])
      expect(wrongBreaks(proposedBreaks([], duration), duration)).toBeNull();
  });
  it('are looked at while they are typed', () => {
    expect(wrongBreaks([0, null], 1440)).toBe('time');
    expect(wrongBreaks([300, 320], 1440)).toBe('apart');
    expect(wrongBreaks([1440], 1440)).toBe('late');
    expect(wrongBreaks([600, 0], 1440)).toBeNull();
  });

  it('are edited as times, saved in order, and can be taken back', async () => {
    const Editor = await breakEditor('en');
    shown = await draw(<Editor episodeId="ep_1" markers={[opening(90, 180)]} duration={1440} />, {
      'GET /api/admin/episodes/ep_1/breaks': () => ({ breaks: [600] }),
      'PUT /api/admin/episodes/ep_1/breaks': () => ({ breaks: [0, 600] }),
      'POST /api/admin/changes/req_2/undo': () => ({ request: null }),
    });
    const { place, button, type, changes, shows } = shown;
    await vi.waitFor(() => expect(place.querySelector('input')?.value).toBe('10:00.0'));
    button('Add a break')!.click();
    await vi.waitFor(() => expect(place.querySelectorAll('input')).toHaveLength(2));
    const second = () => place.querySelectorAll<HTMLInputElement>('.markers input')[1]!;
    type(second(), '10:30');
    await shows('Breaks stand at least 60 seconds apart.');
    expect(button('Save changes')).toHaveProperty('disabled', true);
    type(second(), '0');
    await shows('Before it begins');
    button('Save changes')!.click();
    await shows('The breaks were saved');
    expect(changes()[0]).toEqual({ call: 'PUT /api/admin/episodes/ep_1/breaks', json: { breaks: [0, 600] } });
    button('Undo')!.click();
    await vi.waitFor(() => expect(changes().at(-1)?.call).toBe('POST /api/admin/changes/req_2/undo'));
  });
});

describe('the room', () => {
  it('lists campaigns with how far they are', async () => {
    const Page = await saying(CampaignsPage)('en');
    const { creative: _, ...row } = campaign;
    shown = await draw(<Page address={new URL('http://localhost/admin/ads')} />, {
      'GET /api/admin/campaigns': () => ({ items: [{ ...row, kind: 'house' }], nextCursor: null }),
    });
    await shown.shows('Spring tea');
    expect(shown.place.textContent).toContain('412 of 1,000');
    expect(shown.button('Spring tea')!.getAttribute('href')).toBe('/admin/ads/cmp_1');
  });

  const page = async (answers: Parameters<typeof draw>[1], given: Partial<Campaign> = {}) => {
    const Page = await titleWords(await rightsWords(await saying(CampaignPage)('en'))('en'))('en');
    shown = await draw(<Page id="cmp_1" />, {
      'GET /api/admin/campaigns/cmp_1': () => ({ ...campaign, ...given }),
      'GET /api/admin/campaigns/cmp_1/numbers': () => numbers,
      ...answers,
    });
    await shown.shows('Spring tea');
    return shown;
  };

  it('says what came of one, and what is to come', async () => {
    const { place, shows } = await page({});
    await shows('It falls short');
    const far = [...place.querySelectorAll('.campaign__far tr')].map((row) => row.textContent);
    expect(far[0]).toBe('Began10100%');
    expect(far[1]).toBe('To a quarter880%');
    expect(place.textContent).toContain('$5.15');
  });

  it('ends one only when asked twice', async () => {
    const { place, button, changes, shows } = await page({
      'POST /api/admin/campaigns/cmp_1/end': () => campaign,
    });
    await shows('It falls short');
    button('End campaign')!.click();
    await vi.waitFor(() => expect(place.querySelector('dialog')?.open).toBe(true));
    expect(changes()).toEqual([]);
    place.querySelector('dialog')!.close('yes');
    await shows('It has ended');
    expect(changes()[0]?.call).toBe('POST /api/admin/campaigns/cmp_1/end');
  });

  it('says what keeps a draft from starting', async () => {
    const { button, changes, shows } = await page(
      {
        'POST /api/admin/campaigns/cmp_1/start': () =>
          refusal('invalid-request', {
            errors: [{ pointer: '/creativeEpisodeId', detail: 'has no published version' }],
          }),
      },
      { state: 'draft' },
    );
    button('Start')!.click();
    await shows('has no published version');
    expect(changes().map(({ call }) => call)).toEqual(['POST /api/admin/campaigns/cmp_1/start']);
  });

  it('tries a tag before it is saved, and says what is in the way', async () => {
    const file = { type: 'video/mp4', width: 640, height: 360, fault: 'not-hls' as const };
    const tea = { title: 'Tea', advertiser: 'Kotori', seconds: 20, clickUrl: null };
    let answer: object = {
      followed: ['https://ads.example/tag', 'https://ads.example/two'],
      adverts: [{ ...tea, files: [{ ...file, url: 'https://films.example/tea.mp4' }], fault: 'no-file' }],
      shown: null,
      problems: [{ code: 'no-file', at: 'Tea', detail: 'None of its files can be shown.' }],
      tookMs: 80,
    };
    const { button, changes, shows, place, type } = await page(
      { 'POST /api/admin/campaigns/try': () => answer },
      { creative: null, vastUrl: 'https://ads.example/tag' },
    );
    button('Try it')!.click();
    await shows('A break would show nothing of it');
    await shows('Tea: None of its files can be shown');
    await shows('https://films.example/tea.mp4');
    await shows('No: it is no HLS');
    expect(changes()).toEqual([
      { call: 'POST /api/admin/campaigns/try', json: { vastUrl: 'https://ads.example/tag' } },
    ]);
    // What was said of one tag is not said of another.
    type(place.querySelector<HTMLInputElement>('[name="/vastUrl"]')!, 'https://ads.example/other');
    await vi.waitFor(() => expect(place.textContent).not.toContain('films.example'));
    const shownFile = { ...file, url: 'https://films.example/tea.m3u8', fault: null };
    answer = { ...answer, adverts: [{ ...tea, files: [shownFile], fault: null }], shown: 0, problems: [] };
    button('Try it')!.click();
    await shows('A break would show “Tea”');
    expect(place.textContent).not.toContain('What is in the way');
  });
});

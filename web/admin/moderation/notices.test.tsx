import { afterEach, expect, it, vi } from 'vitest';
import type { TakedownNoticeDetail } from '../../../schema/api/moderation.ts';
import { draw } from '../testing.tsx';
import { NoticePage } from './notice.tsx';
import { saying } from './words.ts';

const notice: TakedownNoticeDetail = {
  id: 'ntc_1',
  state: 'received',
  createdAt: 1,
  work: 'Kaze no Iro, all episodes',
  addresses: ['/titles/kaze', '/watch/ep_1', '/images/a.png'],
  name: 'Mio Example',
  onBehalfOf: null,
  email: 'mio@studio.test',
  postalAddress: 'Tokyo',
  telephone: null,
  signature: 'Mio Example',
  answeredAt: null,
  answeredBy: null,
  answer: null,
  named: [
    {
      address: '/titles/kaze',
      titleId: 'ttl_1',
      episodeId: null,
      titleName: 'Kaze',
      episode: null,
      takenDownAt: null,
    },
    {
      address: '/watch/ep_1',
      titleId: 'ttl_1',
      episodeId: 'ep_1',
      titleName: 'Kaze',
      episode: '1×1',
      takenDownAt: null,
    },
  ],
};
const path = '/api/admin/takedown-notices/ntc_1';
let page: Awaited<ReturnType<typeof draw>>;
afterEach(() => page.leave());
const open = async (answers: Record<string, () => unknown>) => {
  const Page = await saying(() => <NoticePage id="ntc_1" />)('en');
  page = await draw(<Page />, { [`GET ${path}`]: () => notice, ...answers });
  await page.shows('What it names');
};
const confirm = async (yes: string) => {
  await vi.waitFor(() => expect(document.querySelector('dialog [name="reason"]')).not.toBeNull());
  const dialog = document.querySelector('dialog')!;
  page.type(dialog.querySelector<HTMLInputElement>('[name="reason"]')!, 'It is theirs');
  await vi.waitFor(() =>
    expect(dialog.querySelector<HTMLButtonElement>('[value="yes"]')!.disabled).toBe(false),
  );
  expect(dialog.querySelector('[value="yes"]')!.textContent).toBe(yes);
  dialog.close('yes');
};

it('takes down what is chosen of what a notice names, with a reason', async () => {
  await open({
    [`POST ${path}/act`]: () => ({ ...notice, state: 'acted', answer: 'It is theirs', answeredAt: 5 }),
  });
  expect(page.place.textContent).toContain('/images/a.png');
  page.place.querySelectorAll<HTMLInputElement>('.tick input')[0]!.click(); // not the whole title
  await vi.waitFor(() => expect(page.place.querySelectorAll('.tick input:checked')).toHaveLength(1));
  page.button('Take down and answer')!.click();
  await confirm('Take down and answer');
  await page.shows('Acted on');
  expect(page.changes()).toMatchObject([
    {
      call: `POST ${path}/act`,
      json: { reason: 'It is theirs', targets: [{ titleId: 'ttl_1', episodeId: 'ep_1' }] },
    },
  ]);
  expect(page.button('Reject')).toBeUndefined();
});

it('turns a notice down, with a reason', async () => {
  await open({
    [`POST ${path}/reject`]: () => ({ ...notice, state: 'rejected', answer: 'It is theirs', answeredAt: 5 }),
  });
  page.button('Reject')!.click();
  await confirm('Reject');
  await page.shows('Rejected');
  expect(page.changes()).toMatchObject([{ call: `POST ${path}/reject`, json: { reason: 'It is theirs' } }]);
});

import * as fc from 'fast-check';
import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import type { Profile } from '../../../schema/api/me.ts';
import { here, somebody } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { HereContext } from '../../visit.ts';
import { moved } from './language-order.tsx';
import Profiles from './profiles.tsx';

const profile: Profile = {
  id: 'prf_0test',
  name: 'Natsu',
  avatar: 'fox',
  ageCeiling: '18',
  locked: false,
  preferences: { prefer: 'sub', audio: ['ja', 'en'], subtitles: [], shield: false },
  current: true,
};
const show = (items = [profile]) =>
  render(
    <HereContext.Provider value={here({ me: somebody() })}>
      <Profiles data={{ items, next: '/' }} />
    </HereContext.Provider>,
    document.body,
  );
const button = (name: RegExp) =>
  [...document.querySelectorAll('button')].find((one) =>
    name.test(one.getAttribute('aria-label') ?? one.textContent ?? ''),
  )!;
const edit = async () => {
  show();
  button(/^Edit profiles/).click();
  await vi.waitFor(() => button(/^Edit Natsu/).click());
  await vi.waitFor(() => expect(document.querySelector('.order')).not.toBeNull());
};
const languages = () => document.querySelector<HTMLInputElement>('input[name=audio]')!.value;
afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

it('sends again what was typed, with a grown-up’s word, where that was asked for', async () => {
  await edit();
  const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
  expect(field('name').value).toBe('Natsu');
  field('name').value = 'Haru';
  document.querySelector<HTMLInputElement>('input[value=koi]')!.checked = true;
  field('shield').checked = true;
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockResolvedValueOnce(Response.json(problemDocument('proof-required'), { status: 403 }))
    .mockImplementation(async () => Response.json({ items: [profile] }));
  const submit = () =>
    document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
  submit();
  await vi.waitFor(() => expect(field('currentPin')).not.toBeNull());
  await vi.waitFor(() => expect(button(/^Save/).disabled).toBe(false));
  expect(field('name').value).toBe('Haru');
  field('currentPin').value = '1234';
  submit();
  await vi.waitFor(() => expect(fetched.mock.calls.length).toBeGreaterThan(1));
  expect(JSON.parse(fetched.mock.calls[1]![1]!.body as string)).toMatchObject({
    name: 'Haru',
    avatar: 'koi',
    preferences: { shield: true },
    currentPin: '1234',
  });
});

it('takes the focus along into a form and back', async () => {
  await edit();
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Edit Natsu'));
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({ items: [profile] }));
  button(/^Cancel/).click();
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Who is watching?'));
});

it('orders languages by buttons, says where each went, and sends them in that order', async () => {
  await edit();
  expect(languages()).toBe('ja,en');
  expect(button(/^Move Japanese up/).disabled).toBe(true);
  button(/^Move Japanese down/).click();
  await vi.waitFor(() => expect(languages()).toBe('en,ja'));
  expect(document.querySelector('.order output')?.textContent).toBe('Japanese is now number 2.');
  const add = document.querySelector<HTMLSelectElement>('.order select')!;
  add.value = 'pt-BR';
  add.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(languages()).toBe('en,ja,pt-BR'));
  button(/^Remove English/).click();
  await vi.waitFor(() => expect(languages()).toBe('ja,pt-BR'));

  document.querySelector<HTMLInputElement>('input[name=shield]')!.checked = true;
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => Response.json({ items: [profile] }));
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
  await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
  expect(fetched.mock.calls[0]![0]).toBe('/api/me/profiles/prf_0test');
  expect(JSON.parse(fetched.mock.calls[0]![1]!.body as string)).toMatchObject({
    name: 'Natsu',
    preferences: { prefer: 'sub', audio: ['ja', 'pt-BR'], subtitles: [], shield: true },
  });
});

it('moves one thing and loses none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.nat(), fc.boolean(), (order, n, up) => {
      const at = n % order.length;
      const next = moved(order, at, up ? -1 : 1);
      expect([...next].sort()).toEqual([...order].sort());
      const to = at + (up ? -1 : 1);
      expect(next.indexOf(order[at]!)).toBe(to < 0 || to >= order.length ? at : to);
    }),
  );
});

import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Security } from '../../../schema/api/accounts.ts';
import { here, somebody } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import { Address } from './address.tsx';

const security = { email: 'old@engawa.test', emailVerified: true, hasPassword: true } as Security;
const changed = vi.fn<() => void>();
const field = () => document.querySelector<HTMLInputElement>('input[name=code]');
const button = (label: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);

beforeEach(() => {
  history.replaceState(null, '', '/account#email=new%40engawa.test&code=012345');
  render(
    <HereContext.Provider value={here({ me: somebody() })}>
      <Address security={security} changed={changed} />
    </HereContext.Provider>,
    document.body,
  );
});
afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
  changed.mockClear();
});

it('takes the code of the mail that led here, and is done with it once it is used', async () => {
  await vi.waitFor(() => expect(field()?.value).toBe('012345'));
  expect(document.body.textContent).toContain('new@engawa.test');
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({}));
  await vi.waitFor(() => expect(button('Change the address')!.disabled).toBe(false));
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  expect(JSON.parse(fetched.mock.calls[0]![1]!.body as string)).toEqual({
    email: 'new@engawa.test',
    code: '012345',
  });
  await vi.waitFor(() => expect(field()).toBeNull());
});

it('lets a mail be that is not to change anything', async () => {
  await vi.waitFor(() => expect(field()).not.toBeNull());
  button('Cancel')!.click();
  await vi.waitFor(() => expect(field()).toBeNull());
  expect(changed).not.toHaveBeenCalled();
});

import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { here } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import ResetPassword from './reset-password.tsx';

afterEach(() => render(null, document.body));

it('offers another code to whom the mailed one is of no use', async () => {
  history.replaceState(null, '', '/reset-password#email=mio%40engawa.test&code=012345');
  render(
    <HereContext.Provider value={here()}>
      <ResetPassword data={{ email: '' }} />
    </HereContext.Provider>,
    document.body,
  );
  const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`);
  await vi.waitFor(() => expect(field('code')?.value).toBe('012345'));
  [...document.querySelectorAll('button')]
    .find(({ textContent }) => textContent === 'Mail another one')!
    .click();
  await vi.waitFor(() => expect(field('email')?.value).toBe('mio@engawa.test'));
  expect(field('code')).toBeNull();
});

import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { here, somebody } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import VerifyEmail from './verify-email.tsx';

afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

it('mails another code to whom the first one is of no use any more, and says so', async () => {
  render(
    <HereContext.Provider value={here({ me: somebody() })}>
      <VerifyEmail data={{ email: 'mio@engawa.test', verified: false }} />
    </HereContext.Provider>,
    document.body,
  );
  const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status: 202 }));
  [...document.querySelectorAll('button')]
    .find(({ textContent }) => textContent === 'Mail another one')!
    .click();
  await vi.waitFor(() =>
    expect(document.querySelector('[role=status]')?.textContent).toContain('mio@engawa.test'),
  );
  expect(fetched.mock.calls.map(([path]) => path)).toEqual(['/api/me/email/code']);
});

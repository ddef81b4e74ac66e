import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { here } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { HereContext } from '../../visit.ts';
import SignIn from './sign-in.tsx';

const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
const submit = async () => {
  await vi.waitFor(() =>
    expect(document.querySelector<HTMLButtonElement>('button[type=submit]')!.disabled).toBe(false),
  );
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
};
const answering = (answer: Response) => vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer);

beforeEach(() =>
  render(
    <HereContext.Provider value={here()}>
      <SignIn data={{ next: '/' }} />
    </HereContext.Provider>,
    document.body,
  ),
);
afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

it('leaves the focus alone until something is chosen', async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(document.activeElement).toBe(document.body);
});

it('says a refusal in the words of the page, not in those of the API', async () => {
  const refused = { ...problemDocument('invalid-credentials'), title: 'Words of the API' };
  answering(Response.json(refused, { status: 401 }));
  await submit();
  await vi.waitFor(() =>
    expect(document.querySelector('[role=alert]')?.textContent).toBe(
      'The e-mail address or the password is wrong',
    ),
  );
});

it('takes the focus along to the second step', async () => {
  answering(Response.json(problemDocument('second-factor-required'), { status: 401 }));
  await submit();
  await vi.waitFor(() => expect(document.activeElement).toBe(field('code')));
});

it('takes the focus to the address that a code goes to', async () => {
  [...document.querySelectorAll('button')]
    .find(({ textContent }) => textContent?.includes('Mail me'))!
    .click();
  await vi.waitFor(() => expect(document.querySelector('input[name=password]')).toBeNull());
  await vi.waitFor(() => expect(document.activeElement).toBe(field('email')));
});

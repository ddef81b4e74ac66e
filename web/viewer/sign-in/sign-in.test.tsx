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

const show = (next = '/') =>
  render(
    <HereContext.Provider value={here()}>
      <SignIn key={next} data={{ next }} />
    </HereContext.Provider>,
    document.body,
  );
beforeEach(() => show());
afterEach(() => {
  render(null, document.body);
  history.replaceState(null, '', '/');
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

it('takes the code of its own mail, and leaves that of another to the page it leads to', async () => {
  history.replaceState(null, '', '/sign-in#email=mio%40engawa.test&code=012345');
  render(null, document.body);
  show();
  await vi.waitFor(() => expect(field('code')?.value).toBe('012345'));

  history.replaceState(null, '', '/sign-in?next=/verify-email#code=543210');
  render(null, document.body);
  show('/verify-email');
  await vi.waitFor(() => expect(location.hash).toBe(''));
  expect(field('code')).toBeNull();
  const left = vi.spyOn(location, 'replace').mockReturnValue();
  answering(Response.json({}));
  await submit();
  await vi.waitFor(() => expect(left).toHaveBeenCalledWith('/verify-email#code=543210'));
});

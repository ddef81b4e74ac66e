import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { problemType } from '../../../schema/problem.ts';
import { here } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import SignUp from '../sign-up/sign-up.tsx';
import { fieldProblems, fieldsInWords } from './form.ts';

const problem = {
  type: problemType('invalid-request'),
  code: 'invalid-request' as const,
  title: 'The request is not valid',
  status: 400,
  errors: [{ pointer: '/password', detail: 'use at least 10 characters' }],
};
const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
const submit = () => document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));

beforeEach(() => {
  render(
    <HereContext.Provider value={here()}>
      <SignUp data={{ next: '/watch/ep_1' }} />
    </HereContext.Provider>,
    document.body,
  );
  field('name').value = 'Natsu';
  field('email').value = 'natsu@engawa.test';
  field('password').value = 'short';
});
afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

it('shows each problem at its field, keeps what was typed, and goes there', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(problem, { status: 400 }));
  submit();
  await vi.waitFor(() => expect(field('password').getAttribute('aria-invalid')).toBe('true'));
  expect(JSON.parse(fetched.mock.calls[0]![1]!.body as string)).toEqual({
    name: 'Natsu',
    email: 'natsu@engawa.test',
    password: 'short',
  });
  const described = field('password').getAttribute('aria-describedby')!.split(' ');
  expect(described.map((id) => document.getElementById(id)?.textContent)).toContain(
    'At least 10 characters, please.',
  );
  expect(document.querySelector('[role=alert]')?.textContent).toBe('One field needs another look.');
  expect(field('name').value).toBe('Natsu');
  expect(document.activeElement).toBe(field('password'));
});

it('says so when the server cannot be reached, and can be sent again', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no network'));
  submit();
  await vi.waitFor(() =>
    expect(document.querySelector('[role=alert]')?.textContent).toContain('nothing you typed'),
  );
  expect(field('password').value).toBe('short');
  expect(document.querySelector<HTMLButtonElement>('button[type=submit]')!.disabled).toBe(false);
});

it('goes where it was asked to after success, in place of the form', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (address) =>
    String(address instanceof Request ? address.url : address).endsWith('/sign-up')
      ? new Response(null, { status: 202 })
      : Response.json({ id: 'usr_1' }),
  );
  const gone = vi.spyOn(location, 'replace').mockImplementation(() => undefined);
  submit();
  await vi.waitFor(() => expect(gone).toHaveBeenCalledWith('/watch/ep_1'));
});

it('finds the field behind a JSON pointer', () => {
  expect(fieldProblems(problem)).toEqual({ password: 'use at least 10 characters' });
  expect(fieldProblems(null)).toEqual({});
});

it('says what is wrong in the words of the page, by what was typed', () => {
  const said = { name: 'Expected >=1 but received 0', email: 'x', pin: 'x', code: 'x', avatar: 'Own words.' };
  const typed = { name: ' ', email: 'mio', pin: '12', code: '12a', avatar: 'cat' };
  expect(fieldsInWords(here().words('account'), said, typed)).toEqual({
    name: 'Please fill this in.',
    email: 'That is not an e-mail address.',
    pin: 'A PIN has four digits.',
    code: 'That is not one of our codes. Check it once more.',
    avatar: 'Own words.',
  });
});

import { useState } from 'preact/hooks';
import { afterEach, expect, it, vi } from 'vitest';
import { RECENT_S, type StepUpOffer } from '../../schema/api/accounts.ts';
import { api, ask } from './calls.ts';
import { StepUpGate } from './step-up-gate.tsx';
import { draw, refusal } from './testing.tsx';

let page: Awaited<ReturnType<typeof draw>>;
let isRecent = false;
afterEach(() => {
  page.leave();
  isRecent = false;
});

const KEEP = 'POST /api/admin/users/usr_1/keep';
const offer = (ways: StepUpOffer['ways']): StepUpOffer => ({ ways, recentUntil: RECENT_S });
const keeping = () =>
  isRecent ? { closesAt: null, mayKeep: false, reason: null } : refusal('step-up-required');

/** Two calls at once that need it, and what came of them. */
function Desk() {
  const [came, setCame] = useState<string[]>([]);
  const keep = async () => {
    const answer = await ask(() => api.admin.users[':id'].keep.$post({ param: { id: 'usr_1' } }));
    setCame((before) => [...before, answer.ok ? 'kept' : (answer.problem?.code ?? 'offline')]);
  };
  const both = () => {
    void keep();
    void keep();
  };
  return (
    <>
      <button onClick={both}>Keep</button>
      <p>{came.join(' and ')}</p>
      <StepUpGate />
    </>
  );
}
const asking = async (ways: StepUpOffer['ways'], answers: Parameters<typeof draw>[1] = {}) => {
  page = await draw(<Desk />, {
    [KEEP]: keeping,
    'GET /api/auth/step-up': () => offer(ways),
    'POST /api/auth/step-up': () => {
      isRecent = true;
      return offer(ways);
    },
    ...answers,
  });
  page.button('Keep')!.click();
  await page.shows('Is it you?');
  await vi.waitFor(() => expect(page.button('Cancel')).toBeDefined());
};
const dialogs = () => page.place.querySelectorAll('dialog').length;
const press = (name: string) =>
  vi.waitFor(() => {
    const button = page.button(name);
    expect(button?.hasAttribute('disabled')).toBe(false);
    button!.click();
  });
const type = (name: string, text: string) =>
  vi.waitFor(() => {
    expect(page.field(name)).not.toBeNull();
    page.type(page.field(name), text);
  });
const sent = (call: string) => page.asked.filter((one) => one.call === call);

it('asks once for however many calls, then sends each again', async () => {
  await asking(['password']);
  expect(dialogs()).toBe(1);
  await type('password', 'a long password');
  await press('Go on');
  await page.shows('kept and kept');
  expect(sent('POST /api/auth/step-up').map(({ json }) => json)).toEqual([
    { by: 'password', password: 'a long password' },
  ]);
  expect(sent(KEEP)).toHaveLength(4);
  await vi.waitFor(() => expect(dialogs()).toBe(0));
});

it('gives the refusal back to whoever declines, and asks again the next time', async () => {
  await asking(['password']);
  await press('Cancel');
  await page.shows('step-up-required and step-up-required');
  expect(sent(KEEP)).toHaveLength(2);
  await vi.waitFor(() => expect(dialogs()).toBe(0));
  page.button('Keep')!.click();
  await page.shows('Is it you?');
});

it('says what was wrong, and stays', async () => {
  await asking(['password'], { 'POST /api/auth/step-up': () => refusal('wrong-password') });
  await type('password', 'not it');
  await press('Go on');
  await page.shows('That is not the account’s password');
  expect(dialogs()).toBe(1);
  expect(sent(KEEP)).toHaveLength(2);
});

it('goes another way: a code of the app', async () => {
  await asking(['password', 'app']);
  await press('By a code of your app');
  await type('app', '123 456');
  await press('Go on');
  await page.shows('kept and kept');
  expect(sent('POST /api/auth/step-up')[0]!.json).toEqual({ by: 'app', code: '123 456' });
});

it('mails a code to whoever has nothing else', async () => {
  await asking(['mail'], { 'POST /api/auth/step-up/code': () => ({}) });
  await press('Mail a code');
  await page.shows('Sent.');
  await type('mail', '654321');
  await press('Go on');
  await page.shows('kept and kept');
  expect(sent('POST /api/auth/step-up')[0]!.json).toEqual({ by: 'mail', code: '654321' });
});

it('leaves the refusal to speak where people sign in elsewhere', async () => {
  page = await draw(<Desk />, { [KEEP]: keeping, 'GET /api/auth/step-up': () => refusal('not-found') });
  page.button('Keep')!.click();
  await page.shows('step-up-required and step-up-required');
  expect(sent('POST /api/auth/step-up')).toEqual([]);
});

import { afterEach, expect, it, vi } from 'vitest';
import { useConfirm } from './confirm.tsx';
import { draw, refusal } from './testing.tsx';
import { useToasts, type Toast } from './toasts.tsx';

let page: Awaited<ReturnType<typeof draw>>;
afterEach(() => {
  page.leave();
  vi.useRealTimers();
});

const Speaker = ({ toast }: { toast: Toast }) => {
  const { say } = useToasts();
  return <button onClick={() => say(toast)}>Speak</button>;
};
const messages = () => [...page.place.querySelectorAll('.toast p')].map((p) => p.textContent);
const until = (check: () => void) => vi.waitFor(check, { interval: 5 });
const key = (name: string, at: EventTarget = window) =>
  at.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));

it('says a thing at the foot and to screen readers, and goes by itself, but not from under somebody', async () => {
  page = await draw(<Speaker toast={{ text: 'Saved.' }} />, {});
  vi.useFakeTimers({ shouldAdvanceTime: true });
  page.button('Speak')!.click();
  await until(() => expect(messages()).toEqual(['Saved.']));
  await until(() => expect(page.place.querySelector('output')!.textContent).toBe('Saved.'));
  const region = page.place.querySelector('.toasts')!;
  region.dispatchEvent(new PointerEvent('pointerenter'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(messages()).toEqual(['Saved.']);
  region.dispatchEvent(new PointerEvent('pointerleave'));
  await vi.advanceTimersByTimeAsync(9_000);
  await until(() => expect(messages()).toEqual([]));
});

it('shows three at most, and takes the focus there and back by F8', async () => {
  let said = 0;
  const Counter = () => {
    const { say } = useToasts();
    return <button onClick={() => say(`No. ${++said}`)}>Speak</button>;
  };
  page = await draw(<Counter />, {});
  for (let i = 0; i < 4; i++) page.button('Speak')!.click();
  await until(() => expect(messages()).toEqual(['No. 2', 'No. 3', 'No. 4']));
  page.button('Speak')!.focus();
  key('F8');
  expect(document.activeElement?.closest('.toast')?.textContent).toContain('No. 4');
  key('Escape', document.activeElement!);
  await until(() => expect(messages()).toEqual(['No. 2', 'No. 3']));
  expect(document.activeElement).toBe(page.button('Speak'));
});

const Remover = ({ done }: { done: () => void }) => {
  const { undoable } = useToasts();
  return (
    <button
      onClick={() => undoable('“Kaze” was deleted.', { ok: true, value: null, request: 'req_7' }, done)}
    >
      Delete
    </button>
  );
};

it('undoes a change by the request that made it, then shows what is there again', async () => {
  const done = vi.fn<() => void>();
  page = await draw(<Remover done={done} />, { 'POST /api/admin/changes/req_7/undo': () => ({}) });
  page.button('Delete')!.click();
  await until(() => expect(page.button('Undo')).toBeDefined());
  page.button('Undo')!.click();
  await page.shows('It is as it was before.');
  expect(done).toHaveBeenCalledOnce();
  expect(messages()).toEqual(['It is as it was before.']);
});

it('says why a change could not be undone', async () => {
  const done = vi.fn<() => void>();
  page = await draw(<Remover done={done} />, {
    'POST /api/admin/changes/req_7/undo': () =>
      refusal('conflict', { detail: 'It was changed again since then.' }),
  });
  page.button('Delete')!.click();
  await until(() => expect(page.button('Undo')).toBeDefined());
  page.button('Undo')!.click();
  await page.shows('It could not be undone: It was changed again since then.');
  expect(done).not.toHaveBeenCalled();
});

it('asks first: a word to type, a reason to give; Escape and “no” are no', async () => {
  const answers: unknown[] = [];
  const Asker = () => {
    const confirm = useConfirm();
    const ask = async () =>
      answers.push(
        await confirm({
          title: 'Delete Kaze?',
          text: 'For good.',
          yes: 'Delete title',
          typed: 'Kaze',
          reason: true,
        }),
      );
    return <button onClick={() => void ask()}>Ask</button>;
  };
  page = await draw(<Asker />, {});
  page.button('Ask')!.click();
  await until(() => expect(page.place.querySelector('dialog')).not.toBeNull());
  page.button('Cancel')!.click();
  await until(() => expect(answers).toEqual([null]));
  page.button('Ask')!.click();
  await until(() => expect(page.button('Delete title')).toBeDefined());
  const yes = page.button('Delete title') as HTMLButtonElement;
  expect(yes.disabled).toBe(true);
  page.type(page.field('typed'), 'Kaze');
  page.type(page.field('reason'), 'A duplicate');
  await until(() => expect(yes.disabled).toBe(false));
  const dialog = page.place.querySelector('dialog')!;
  dialog.close('yes'); // what the browser does with a form of method “dialog”
  await until(() => expect(answers).toEqual([null, { reason: 'A duplicate' }]));
  expect(page.place.querySelector('dialog')).toBeNull();
});

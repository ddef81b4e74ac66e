import { afterEach, expect, it, vi } from 'vitest';
import { draw } from '../testing.tsx';
import { LogView as Unspoken } from './log-view.tsx';
import { saying } from './words.ts';

const LogView = await saying(Unspoken)('en');
let shown: Awaited<ReturnType<typeof draw>>;
afterEach(() => shown.leave());

it('ten thousand lines stand in blocks, are found, and are copied whole', async () => {
  const text = Array.from(
    { length: 10_000 },
    (_, i) => `[info] frame ${i}${i % 1000 === 7 ? ' late' : ''}`,
  ).join('\n');
  const since = performance.now();
  shown = await draw(<LogView text={text} name="Video, part 1" />, {});
  await shown.shows('10,000 lines');
  expect(performance.now() - since).toBeLessThan(3_000);
  expect(shown.place.querySelectorAll('.log__block')).toHaveLength(50);
  const field = shown.place.querySelector<HTMLInputElement>('input[type=search]')!;
  shown.type(field, 'LATE');
  await shown.shows('1 of 10');
  shown.button('Next')!.click();
  await shown.shows('2 of 10');
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, bubbles: true }));
  await shown.shows('1 of 10');
  shown.type(field, 'nowhere');
  await shown.shows('Not found');
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  shown.button('Copy')!.click();
  await shown.shows('Copied');
  expect(writeText).toHaveBeenCalledWith(text);
});

import { afterEach, expect, it } from 'vitest';
import { sendOnce } from './once.ts';

afterEach(() => document.body.replaceChildren());

it('sends a form once, says so meanwhile, and can be sent again on the way back', () => {
  document.body.innerHTML = '<form data-once="One moment …"><button type="submit">Pay ¥980</button></form>';
  const form = document.querySelector('form')!;
  const button = document.querySelector('button')!;
  const send = () => form.dispatchEvent(new Event('submit', { cancelable: true }));
  sendOnce(form);
  expect(send()).toBe(true);
  expect(button.textContent).toBe('One moment …');
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(send()).toBe(false);
  dispatchEvent(new Event('pageshow'));
  expect(button.textContent).toBe('Pay ¥980');
  expect(button.hasAttribute('aria-disabled')).toBe(false);
  expect(send()).toBe(true);
});

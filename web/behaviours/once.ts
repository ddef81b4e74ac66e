/**
 * A form that is sent once: its button says so while the answer is on its way, and a second click sends nothing. Without script the second
 * one is sent, and comes to the same.
 */
export function sendOnce(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')!;
  const { textContent } = button;
  const busy = (is: boolean) => {
    // Not `disabled`: the focus would be lost.
    if (is) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
    button.textContent = is ? form.dataset['once']! : textContent;
  };
  form.addEventListener('submit', (event) => {
    if (button.hasAttribute('aria-disabled')) event.preventDefault();
    else busy(true);
  });
  // Back from where it led, the page may stand as it was left (bfcache).
  addEventListener('pageshow', () => busy(false));
}

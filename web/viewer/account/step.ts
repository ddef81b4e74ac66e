import { useEffect, useRef } from 'preact/hooks';

/**
 * Takes the focus to the first thing to do when a page about the account goes on to its next step: what was pressed is gone.
 * @param step what is shown now; the one that the page began with takes no focus
 */
export function useStepFocus(step: string | null): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    document.querySelector<HTMLElement>('.account-card :is(input, a.button)')?.focus();
  }, [step]);
}

import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { Loaded } from '../fresh-hook.ts';

/** How often rights were changed on this page, and how to say that they were once more: several parts of it show the same rows. */
export const RightsChanges = createContext<{ count: number; changed: () => void }>({
  count: 0,
  changed: () => undefined,
});
export const useRightsChanged = (): (() => void) => useContext(RightsChanges).changed;

/** Asks again whenever rights were changed elsewhere on the page. */
export function useAnewAfterChanges(...loaded: readonly Pick<Loaded<unknown>, 'refresh'>[]): void {
  const { count } = useContext(RightsChanges);
  const seen = useRef(count);
  useEffect(() => {
    if (seen.current === count) return;
    seen.current = count;
    for (const one of loaded) void one.refresh();
  }, [count]);
}

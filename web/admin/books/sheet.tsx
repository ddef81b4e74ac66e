import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A wide table in a frame that is moved sideways, by keys as well (WCAG 2.1.1): not every browser lets them into what scrolls. */
export function Sheet({ label, children }: { label: string; children: ComponentChildren }) {
  const frame = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (frame.current) frame.current.tabIndex = 0;
  }, []);
  return (
    <section ref={frame} class="sheet" aria-label={label}>
      {children}
    </section>
  );
}

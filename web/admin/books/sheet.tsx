import type { ComponentChildren } from 'preact';

/** A wide table in a frame that is moved sideways: browsers let the keyboard into whatever scrolls. */
export const Sheet = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <section class="sheet" aria-label={label}>
    {children}
  </section>
);

import type { ComponentChildren } from 'preact';

/** Something to know. `danger` interrupts a screen reader; the others wait for a pause. */
export const Notice = ({
  tone = 'plain',
  title,
  children,
}: {
  tone?: 'plain' | 'danger' | 'good' | 'warning';
  title?: string;
  children?: ComponentChildren;
}) => (
  <div class={`notice notice--${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
    {title && <strong>{title}</strong>}
    {children && <div>{children}</div>}
  </div>
);

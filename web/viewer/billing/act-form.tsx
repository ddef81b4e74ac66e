import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { billingActions, type BillingAction } from './addresses.ts';
import { useBillingWords } from './words.ts';

type Look = 'primary' | 'outline' | 'plain' | 'danger';

/**
 * One button that does one thing about money: a form, which browsers send without any script. Sent twice it does the same once: that is
 * the API's doing; with script, the second click is not sent at all (web/behaviours/once.ts).
 */
export function ActForm({
  act,
  values = {},
  look = 'primary',
  small = false,
  label,
  described,
  children,
}: {
  act: BillingAction;
  values?: Readonly<Record<string, string>>;
  look?: Look;
  small?: boolean;
  label: string;
  /** The id of what belongs to the button: terms, a price. */
  described?: string;
  children?: ComponentChildren;
}) {
  const b = useBillingWords();
  return (
    <form method="post" action={billingActions[act]} class="act" data-once={b('going')}>
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <Button
        type="submit"
        look={look}
        small={small}
        {...(described ? { 'aria-describedby': described } : {})}
      >
        {label}
      </Button>
    </form>
  );
}

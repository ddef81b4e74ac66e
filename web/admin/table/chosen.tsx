import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import type { Selection } from './selection.ts';

/** Stands at the foot of the window while rows are chosen: how many, and what can be done to all of them. */
export function Chosen({ selection, children }: { selection: Selection; children: ComponentChildren }) {
  const { t } = useDesk();
  const count = selection.ids.length;
  return (
    <div class={count > 0 ? 'chosen chosen--some' : 'chosen'}>
      <output>{count > 0 && t('table.chosen', { count })}</output>
      {count > 0 && (
        <>
          {children}
          <Button look="plain" small onClick={selection.none}>
            {t('table.none')}
          </Button>
        </>
      )}
    </div>
  );
}

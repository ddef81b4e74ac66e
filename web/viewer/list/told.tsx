import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useListWords } from './words.ts';

export type Telling = { text: string; undo?: () => Promise<unknown> };

/** What was just done, said aloud, with the way to take it back. Always there, so that screen readers notice when it is filled. */
export function Told({ telling }: { telling: Telling | null }) {
  const l = useListWords();
  const [busy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    await telling?.undo?.();
    setBusy(false);
  };
  return (
    <output class="told">
      {telling && (
        <div class="told__words">
          <span>{telling.text}</span>
          {telling.undo && (
            <Button look="outline" small disabled={busy} onClick={() => void undo()}>
              {l('list.undo')}
            </Button>
          )}
        </div>
      )}
    </output>
  );
}

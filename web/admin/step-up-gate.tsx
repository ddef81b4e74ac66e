import { useLayoutEffect, useState } from 'preact/hooks';
import { lazy } from './lazy.tsx';
import { stepUp } from './step-up.ts';

const Dialog = lazy(async (language) => {
  const [{ StepUpDialog }, { saying }] = await Promise.all([
    import('./step-up-dialog.tsx'),
    import('./step-up-words.ts'),
  ]);
  return saying(StepUpDialog)(language);
});

/** Stands once around the dashboard: asks who it is when a call needs to know, whatever the page. */
export function StepUpGate() {
  const [asked, setAsked] = useState(stepUp.isAsked());
  useLayoutEffect(() => {
    const look = () => setAsked(stepUp.isAsked());
    look();
    return stepUp.subscribe(look);
  }, []);
  return asked ? <Dialog onDone={(proved) => stepUp.settle(proved)} /> : null;
}

import type { ProblemDocument } from '../../../schema/problem.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { refusalOf } from '../billing/refusal.tsx';
import { useBillingWords } from '../billing/words.ts';

/** `next`: where the viewer was. */
export type PayingData =
  /** On to Stripe's page, by a `Refresh` header; the link is for browsers that do not follow it. */
  | { state: 'going'; url: string }
  /** Paid, as far as the viewer knows, but the bank has not said yes. `again`: this page's own address. */
  | { state: 'late'; again: string; next: string }
  | { state: 'cancelled' | 'over'; next: string }
  /** Refused before anything was charged. */
  | { state: 'refused'; problem: ProblemDocument; next: string };

/** What stands between this site and Stripe's, on the way there and back. */
export default function Paying({ data }: { data: PayingData }) {
  const here = useHere();
  const b = useBillingWords();
  if (data.state === 'going')
    return (
      <div class="money money--small">
        <h1>{b('paying.going')}</h1>
        <p>{b('paying.goingText')}</p>
        <ButtonLink look="primary" href={data.url}>
          {b('paying.goOn')}
        </ButtonLink>
      </div>
    );
  const { next, state } = data;
  const refusal = state === 'refused' ? refusalOf(here, data.problem) : null;
  const { title, text } = refusal ?? {
    title: b(`paying.${outcome(state)}`),
    text: b(`paying.${outcome(state)}Text`),
  };
  return (
    <div class="money money--small">
      <h1>{title}</h1>
      <p>{text}</p>
      <div class="money__ways">
        {state === 'late' && (
          <ButtonLink look="primary" href={data.again}>
            {b('paying.look')}
          </ButtonLink>
        )}
        {refusal?.way === 'address' && (
          <ButtonLink look="primary" href={to('verify-email')}>
            {b('refused.confirm')}
          </ButtonLink>
        )}
        <ButtonLink look={state === 'late' || refusal?.way ? 'outline' : 'primary'} href={next}>
          {b('paying.back')}
        </ButtonLink>
        <ButtonLink look="plain" href={to('billing')}>
          {b('paying.billing')}
        </ButtonLink>
      </div>
    </div>
  );
}

const outcome = (state: 'late' | 'cancelled' | 'over' | 'refused') => (state === 'refused' ? 'over' : state);

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { plans as calls } from './calls.ts';
import type { AdminPlan } from './plans.tsx';
import { useSay } from './words.ts';

const ticks = ['ads', 'skipAds', 'downloads', 'sold'] as const;
type Ticks = Record<(typeof ticks)[number], boolean>;
const orNull = (text: string | undefined) => (text ? Number(text) : null);

/** Makes a plan, or changes what it brings: for everybody who is on it. */
export function PlanForm({
  plan,
  taken = [],
  onDone,
}: {
  plan: AdminPlan | null;
  /** Ids of plans that are there: a new one by the same would change that for everybody who is on it. */
  taken?: readonly string[];
  onDone: () => void;
}) {
  const say = useSay();
  const toasts = useToasts();
  const draft = useDraft(`engawa.draft.plan.${plan?.id ?? ''}`, {
    '/id': plan?.id ?? '',
    '/name': plan?.name ?? '',
    '/streams': String(plan?.streams ?? 2),
    '/maxHeight': plan?.maxHeight?.toString() ?? '',
    '/rank': String(plan?.rank ?? 1),
    '/trialDays': String(plan?.trialDays ?? 0),
  });
  const [ticked, setTicked] = useState<Ticks>({
    ads: plan?.ads ?? false,
    skipAds: plan?.skipAds ?? false,
    downloads: plan?.downloads ?? false,
    sold: plan?.sold ?? true,
  });
  const of = draft.draft;
  const isTaken = plan === null && taken.includes((of['/id'] ?? '').trim());
  const save = useSave(
    () =>
      calls.put(of['/id'] ?? '', {
        name: of['/name'] ?? '',
        streams: Number(of['/streams']),
        maxHeight: orNull(of['/maxHeight']),
        rank: Number(of['/rank']),
        trialDays: Number(of['/trialDays']),
        ...ticked,
      }),
    () => {
      draft.clear();
      toasts.say({ text: say('plan.saved'), tone: 'good' });
      onDone();
    },
  );
  const tied = tie(draft);
  const problem = (pointer: string) => problemAt(save.failure?.problem, pointer);
  const number = (pointer: string, label: string, more: { hint?: string; required?: boolean } = {}) => (
    <Field label={label} type="number" min={0} problem={problem(pointer)} {...more} {...tied(pointer)} />
  );
  return (
    <form
      ref={save.form}
      class="form"
      onSubmit={(event) => (isTaken ? event.preventDefault() : void save.submit(event))}
    >
      <SaveTrouble failure={save.failure} fields={Object.keys(of)} />
      <div class="form__grid">
        {plan === null && (
          <Field
            label={say('plan.id')}
            hint={say('plan.idHint')}
            required
            maxLength={40}
            problem={isTaken ? say('plan.idTaken') : problem('/id')}
            {...tied('/id')}
          />
        )}
        <Field
          label={say('plan.name')}
          required
          maxLength={80}
          problem={problem('/name')}
          {...tied('/name')}
        />
        {number('/streams', say('plan.streams'), { required: true })}
        {number('/maxHeight', say('plan.maxHeight'), { hint: say('plan.maxHeightHint') })}
        {number('/rank', say('plan.rank'), { hint: say('plan.rankHint'), required: true })}
        {number('/trialDays', say('plan.trialDays'), { required: true })}
      </div>
      {ticks.map((name) => (
        <label class="tick" key={name}>
          <input
            type="checkbox"
            checked={ticked[name]}
            onChange={({ currentTarget }) => setTicked({ ...ticked, [name]: currentTarget.checked })}
          />{' '}
          {say(`tick.${name}`)}
        </label>
      ))}
      <div class="form__do">
        <Button type="submit" look="outline" disabled={save.busy || isTaken}>
          {say(plan ? 'plan.save' : 'plan.make')}
        </Button>
      </div>
    </form>
  );
}

import { useState } from 'preact/hooks';
import type { Share } from '../../../schema/api/books.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { problemAt, useSave } from '../form.ts';
import { useFresh } from '../fresh-hook.ts';
import { FailureNotice, Section, Shown, State } from '../parts.tsx';
import { at } from '../places.ts';
import { useToasts } from '../toasts.tsx';
import { shares as calls } from './calls.ts';
import { MonthChoice } from './month-choice.tsx';
import { saying, useSay } from './words.ts';
import { monthName, useWritten } from './written.ts';

type Model = Exclude<Share['model'], 'free'>;
const models = ['subscription', 'ads', 'rental', 'purchase'] as const satisfies Model[];

/** What of the revenue a licensor gets, from when on, and what it got before. */
function Shares({ licensorId }: { licensorId: Id<'licensor'> }) {
  const say = useSay();
  const w = useWritten();
  const list = useFresh(`shares ${licensorId}`, () => calls.list(licensorId));
  return (
    <Section
      title={say('shares.title')}
      aside={<a href={`${at('statements')}?licensor=${licensorId}`}>{say('tab.statements')}</a>}
    >
      <Shown of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="faint">{say('shares.none')}</p>
          ) : (
            <ul class="lines">
              {items.map(({ id, model, basisPoints, month, holds }) => (
                <li key={id} class="line">
                  <p>
                    {say(`model.${model}`)} <strong>{w.percent(basisPoints / 10_000)}</strong>
                  </p>
                  <span class="faint">
                    {say('shares.from')} {w.month(month)}
                  </span>
                  {holds && <State tone="good">{say('shares.holds')}</State>}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <Set licensorId={licensorId} onSet={() => void list.refresh()} />
    </Section>
  );
}
/** With the words of the books, on a page of another room. */
export const sharesOf = saying(Shares);

function Set({ licensorId, onSet }: { licensorId: Id<'licensor'>; onSet: () => void }) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const [model, setModel] = useState<Model>('subscription');
  const [percent, setPercent] = useState('');
  const [month, setMonth] = useState(monthName(Date.now()));
  const save = useSave(
    () => calls.set(licensorId, { model, month, basisPoints: Math.round(Number(percent) * 100) }),
    () => {
      setPercent('');
      toasts.say({ text: say('shares.done'), tone: 'good' });
      onSet();
    },
  );
  const problem = save.failure?.problem;
  return (
    <form ref={save.form} class="narrow" onSubmit={(event) => void save.submit(event)}>
      <FieldFrame label={say('usage.model')}>
        {(tied) => (
          <select
            {...tied}
            name="model"
            value={model}
            onChange={({ currentTarget }) =>
              setModel(models.find((one) => one === currentTarget.value) ?? model)
            }
          >
            {models.map((one) => (
              <option key={one} value={one}>
                {say(`model.${one}`)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <Field
        label={say('shares.percent')}
        hint={say('shares.percentHint')}
        type="number"
        name="percent"
        required
        min={0}
        max={100}
        step="any"
        problem={problemAt(problem, '/basisPoints')}
        value={percent}
        onInput={({ currentTarget }) => setPercent(currentTarget.value)}
      />
      <MonthChoice month={month} onMonth={setMonth} />
      <Button type="submit" look="primary" disabled={save.busy}>
        {save.busy ? t('desk.loading') : say('shares.set')}
      </Button>
      {save.failure && <FailureNotice failure={save.failure} />}
    </form>
  );
}

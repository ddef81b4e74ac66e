import { useState } from 'preact/hooks';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Decision as Answer } from '../../../schema/api/rights.ts';
import { ageRatings } from '../../../schema/catalog-terms.ts';
import { countryCodes } from '../../../schema/countries.ts';
import type { Id } from '../../../schema/ids.ts';
import type { BusinessModel } from '../../../schema/plans.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useSave } from '../form.ts';
import { useFresh } from '../fresh-hook.ts';
import { FailureNotice, Section, State } from '../parts.tsx';
import { fromZone } from '../../zoned-time.ts';
import { decision as ask, plans as planCalls } from './calls.ts';
import { useSay } from './words.ts';

/** What a made-up viewer would be answered, and what each row says of it. */
export function Decision({ title }: { title: AdminTitleDetail }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const plans = useFresh('plans', planCalls.list);
  const [asked, setAsked] = useState<Record<string, string>>({ country: 'JP', age: '18' });
  const [answer, setAnswer] = useState<Answer | null>(null);
  const of = (name: string) => asked[name] ?? '';
  const tied = (name: string) => ({
    name,
    value: of(name),
    onInput: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setAsked((before) => ({ ...before, [name]: value })),
  });
  const episode = (of('episode') || title.episodeList[0]?.id) as Id<'episode'> | undefined;
  const save = useSave(() => {
    const at = fromZone(of('at'), visit.timeZone);
    return ask(episode!, {
      country: of('country'),
      plan: of('plan'),
      age: of('age'),
      at: at === null ? '' : String(at),
    });
  }, setAnswer);
  if (!episode) return null;
  return (
    <Section title={say('decision.title')}>
      <p class="faint">{say('decision.text')}</p>
      <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
        <div class="form__grid">
          <FieldFrame label={say('decision.episode')}>
            {(id) => (
              <select {...id} {...tied('episode')} value={episode}>
                {title.episodeList.map(({ id: value, season, number, name }) => (
                  <option key={value} value={value}>
                    {season}×{number} {name}
                  </option>
                ))}
              </select>
            )}
          </FieldFrame>
          <FieldFrame label={say('licences.countries')}>
            {(id) => (
              <select {...id} {...tied('country')}>
                <option value="">{say('decision.unknownCountry')}</option>
                {countryCodes.map((code) => (
                  <option key={code} value={code}>
                    {format.country(code)}
                  </option>
                ))}
              </select>
            )}
          </FieldFrame>
          <FieldFrame label={say('decision.plan')}>
            {(id) => (
              <select {...id} {...tied('plan')}>
                <option value="">{say('decision.noPlan')}</option>
                {plans.value?.items.map((plan) => (
                  <option key={plan.id} value={plan.id}>
                    {plan.name}
                  </option>
                ))}
              </select>
            )}
          </FieldFrame>
          <FieldFrame label={say('decision.age')}>
            {(id) => (
              <select {...id} {...tied('age')}>
                {ageRatings.map((age) => (
                  <option key={age}>{age}</option>
                ))}
              </select>
            )}
          </FieldFrame>
          <Field
            label={say('decision.at')}
            hint={say('decision.atHint')}
            type="datetime-local"
            {...tied('at')}
          />
        </div>
        <div class="form__do">
          <Button type="submit" look="outline" disabled={save.busy}>
            {say('decision.ask')}
          </Button>
        </div>
      </form>
      {save.failure && <FailureNotice failure={save.failure} />}
      <div aria-live="polite">{answer && <Explained answer={answer} />}</div>
    </Section>
  );
}

function Explained({
  answer: { granted, grant, reason, retryAt, offer, licences, holdbacks },
}: {
  answer: Answer;
}) {
  const { format } = useDesk();
  const say = useSay();
  const models = (list: readonly BusinessModel[]) => format.list(list.map((model) => say(`model.${model}`)));
  const offered = offer && { when: format.dateTime(offer.at), models: models(offer.models) };
  return (
    <>
      <p>
        <State tone={granted ? 'good' : 'danger'}>
          {reason ? say('decision.refused', { reason: say(`reason.${reason}`) }) : say('decision.granted')}
        </State>
        {grant &&
          [
            '',
            models([grant.model]),
            grant.maxHeight !== null && say('licences.upTo', { height: String(grant.maxHeight) }),
            grant.until !== null && say('decision.until', { until: format.dateTime(grant.until) }),
          ]
            .filter((part) => typeof part === 'string')
            .join(' · ')}
      </p>
      {retryAt !== null && <p>{say('decision.retryAt', { when: format.dateTime(retryAt) })}</p>}
      {offer && offered && (
        <p>
          {offer.plans
            ? say('decision.offerPlans', { ...offered, plans: format.list(offer.plans) })
            : say('decision.offer', offered)}
        </p>
      )}
      <ul class="licences">
        {[...licences, ...holdbacks].map(({ id, verdict }) => (
          <li key={id}>
            <a href={`#${id}`}>
              <code>{id}</code>
            </a>{' '}
            {say(`verdict.${verdict}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

import { useId, useState } from 'preact/hooks';
import type { Id } from '../../../../schema/ids.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { FailureNotice } from '../../parts.tsx';
import { at } from '../../places.ts';
import { useSay } from '../words.ts';
import type { Plan, Planned } from './plan-hook.ts';
import { PlanRow } from './plan-row.tsx';

/** The files that say one title's name, and which title that is. */
export function PlanGroup({ group, plan }: { group: Planned; plan: Plan }) {
  const say = useSay();
  const id = useId();
  const { name, title, lines } = group;
  return (
    <section class="plan" aria-labelledby={id}>
      <h3 id={id} class="break">
        {name || say('plan.nameless')} <span class="faint">{say('plan.files', { count: lines.length })}</span>
      </h3>
      <TitleChoice group={group} plan={plan} />
      {group.failure && <FailureNotice failure={group.failure} />}
      <div class="plan__scroll">
        <table class="table plan__table" aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{say('plan.file')}</th>
              <th scope="col">{say('plan.use')}</th>
              <th scope="col">{say('plan.season')}</th>
              <th scope="col">{say('plan.episode')}</th>
              <th scope="col">{say('plan.track')}</th>
              <th scope="col">{say('plan.fate')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <PlanRow
                key={line.row.key}
                line={line}
                title={title}
                quiet={group.finding}
                onSay={(said) => plan.say(line.row.key, said)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The title it was found to be; another one, looked for by name. */
function TitleChoice({ group, plan }: { group: Planned; plan: Plan }) {
  const say = useSay();
  const id = useId();
  const [q, setQ] = useState('');
  const { name, title, candidates } = group;
  const listed =
    title && !candidates.some((one) => one.id === title.id) ? [title, ...candidates] : candidates;
  if (group.finding) return <output class="loading">{say('plan.finding')}</output>;
  return (
    <div class="plan__title">
      <label for={`${id}-title`}>{say('plan.title_')}</label>
      <select
        id={`${id}-title`}
        value={title?.id ?? ''}
        aria-invalid={title ? undefined : 'true'}
        onChange={({ currentTarget }) =>
          currentTarget.value && void plan.choose(name, currentTarget.value as Id<'title'>)
        }
      >
        {!title && <option value="">{say('plan.chooseTitle')}</option>}
        {listed.map((one) => (
          <option key={one.id} value={one.id}>
            {one.names.main}
            {one.year ? ` (${one.year})` : ''}
          </option>
        ))}
      </select>
      {title && !group.sure && (
        <Button small look="outline" onClick={() => void plan.choose(name, title.id)}>
          {say('plan.isIt')}
        </Button>
      )}
      <form
        class="plan__search"
        onSubmit={(event) => {
          event.preventDefault();
          if (q.trim()) void plan.find(name, q.trim());
        }}
      >
        <label class="only-heard" for={`${id}-q`}>
          {say('plan.search')}
        </label>
        <input
          id={`${id}-q`}
          type="search"
          placeholder={say('plan.search')}
          value={q}
          onInput={({ currentTarget }) => setQ(currentTarget.value)}
        />
        <Button small look="outline" type="submit">
          {say('plan.searchDo')}
        </Button>
      </form>
      {!title && (
        <ButtonLink small look="plain" href={at('new-title')} target="_blank">
          {say('plan.newTitle')}
        </ButtonLink>
      )}
    </div>
  );
}

import { useId } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { titles } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Section } from '../parts.tsx';
import { SaveBar, SaveTrouble } from '../save-bar.tsx';
import { editing } from './calls.ts';
import { Clashes } from './clashes.tsx';
import type { PartOf } from './title-parts.ts';
import { Sortable } from './sortable.tsx';
import { titleChange } from './title-draft.ts';
import { useTitleEdits } from './use-title-edits.ts';
import { useSay } from './words.ts';

type Person = AdminTitle['people'][number];
const FIELD = '/people';
const peopleDraft = ({ people }: Pick<AdminTitle, 'people'>) => ({ [FIELD]: JSON.stringify(people) });
const peopleIn = (text: string) => JSON.parse(text || '[]') as Person[];

/** Who made it, in the order in which they are named. Roles and names that other titles have are offered. */
export function PeoplePart({ title, loaded }: PartOf) {
  const { t } = useDesk();
  const say = useSay();
  const id = useId();
  const edits = useTitleEdits(
    { title, loaded },
    `engawa.draft.${title.id}.people`,
    peopleDraft,
    (changed, revision) => editing.change(title.id, titleChange(changed), revision),
  );
  const people = peopleIn(edits.draft[FIELD]!);
  const put = (next: Person[]) => edits.set(FIELD, JSON.stringify(next));
  const change = (index: number, part: Partial<Person>) =>
    put(people.map((person, i) => (i === index ? { ...person, ...part } : person)));
  const known = useFresh('people of titles', () => titles.list({ limit: '100' }));
  const others = known.value?.items.flatMap((one) => one.people) ?? [];
  const roles = [...new Set([...others, ...title.people].map(({ role }) => role))].sort();
  const names = [...new Set(others.map(({ name }) => name))].sort();
  const problems = edits.failure?.problem?.errors ?? [];
  return (
    <Section title={say('part.people')}>
      <form ref={edits.form} class="form" onSubmit={(event) => void edits.save(event)}>
        {edits.restored && edits.clashes.length === 0 && <Notice>{t('desk.restored')}</Notice>}
        <Clashes
          {...edits}
          labelOf={() => say('part.people')}
          showValue={(_, text) =>
            peopleIn(text)
              .map(({ name, role }) => `${name} (${role})`)
              .join(', ')
          }
        />
        <SaveTrouble failure={edits.failure} fields={[]} />
        {people.length === 0 && <p class="faint">{say('people.none')}</p>}
        <Sortable
          label={say('part.people')}
          items={people}
          nameOf={({ name }) => name || say('people.new')}
          onOrder={put}
        >
          {(person, index) => (
            <div class="person">
              <input
                aria-label={say('people.name')}
                placeholder={say('people.name')}
                value={person.name}
                maxLength={200}
                required
                list={`${id}-names`}
                aria-invalid={problems.some(({ pointer }) => pointer.startsWith(`/people/${index}/name`))}
                onInput={({ currentTarget }) => change(index, { name: currentTarget.value })}
              />
              <input
                aria-label={say('people.native')}
                placeholder={say('people.native')}
                lang={title.originalLanguage}
                value={person.native ?? ''}
                maxLength={200}
                onInput={({ currentTarget }) => change(index, { native: currentTarget.value || null })}
              />
              <input
                aria-label={say('people.role')}
                placeholder={say('people.role')}
                value={person.role}
                maxLength={100}
                required
                list={`${id}-roles`}
                onInput={({ currentTarget }) => change(index, { role: currentTarget.value })}
              />
              <Button
                small
                look="plain"
                aria-label={say('people.remove', { name: person.name || say('people.new') })}
                onClick={() => put(people.filter((_, i) => i !== index))}
              >
                {say('people.removeShort')}
              </Button>
            </div>
          )}
        </Sortable>
        <datalist id={`${id}-roles`}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {role}
            </option>
          ))}
        </datalist>
        <datalist id={`${id}-names`}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
        <div class="form__do">
          <Button look="outline" onClick={() => put([...people, { name: '', native: null, role: '' }])}>
            {say('people.add')}
          </Button>
        </div>
        <SaveBar changes={edits.changes} busy={edits.busy} onRevert={edits.revert} />
      </form>
    </Section>
  );
}

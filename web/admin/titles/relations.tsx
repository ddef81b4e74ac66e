import { useState } from 'preact/hooks';
import { inverseRelation, relationKinds } from '../../../schema/catalog-terms.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { at } from '../places.ts';
import { useToasts } from '../toasts.tsx';
import { editing } from './calls.ts';
import type { PartOf } from './title-parts.ts';
import { TitleFinder } from './title-finder.tsx';
import { useSay } from './words.ts';

type Kind = (typeof relationKinds)[number];

/** What a title belongs together with. Each relation is of both titles: the other one's page says the inverse. */
export function Relations({ title, loaded }: PartOf) {
  const say = useSay();
  const toasts = useToasts();
  const [kind, setKind] = useState<Kind>('sequel');
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = async (said: string, ask: () => Promise<Answer<unknown>>) => {
    const answer = await ask();
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.undoable(said, answer, loaded.refresh);
    await loaded.refresh();
  };
  const relate = (id: Id<'title'>, name: string, as: Kind) =>
    change(say('relations.saved', { name, kind: say(`relation.${as}`) }), () =>
      editing.relate(title.id, id, as),
    );
  const options = relationKinds.map((one) => (
    <option key={one} value={one}>
      {say(`relation.${one}`)}
    </option>
  ));
  return (
    <Section title={say('relations.title')}>
      {failure && <FailureNotice failure={failure} />}
      {title.relations.length > 0 ? (
        <ul class="relations">
          {title.relations.map((related) => (
            <li key={related.id}>
              <select
                aria-label={say('relations.kindOf', { name: related.name })}
                value={related.kind}
                onChange={({ currentTarget }) =>
                  void relate(related.id, related.name, currentTarget.value as Kind)
                }
              >
                {options}
              </select>
              <a href={at('title', { id: related.id })}>{related.name}</a>
              <span class="faint small">
                {say('relations.inverse', { kind: say(`relation.${inverseRelation[related.kind]}`) })}
              </span>
              <Button
                small
                look="plain"
                aria-label={say('relations.remove', { name: related.name })}
                onClick={() =>
                  void change(say('relations.removed', { name: related.name }), () =>
                    editing.unrelate(title.id, related.id),
                  )
                }
              >
                {say('people.removeShort')}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="faint">{say('relations.none')}</p>
      )}
      <div class="form--row">
        <FieldFrame
          label={say('relations.kind')}
          hint={say('relations.kindHint', {
            name: title.names.main,
            kind: say(`relation.${inverseRelation[kind]}`),
          })}
        >
          {(tied) => (
            <select
              {...tied}
              value={kind}
              onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}
            >
              {options}
            </select>
          )}
        </FieldFrame>
        <TitleFinder
          label={say('relations.find')}
          without={[title.id, ...title.relations.map(({ id }) => id)]}
          chooseWord={(name) => say('relations.choose', { name, kind: say(`relation.${kind}`) })}
          onChoose={(found) => void relate(found.id, found.names.main, kind)}
        />
      </div>
    </Section>
  );
}

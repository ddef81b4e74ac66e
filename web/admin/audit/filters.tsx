import { Button, ButtonLink } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { toLocal } from '../local-time.ts';
import { go } from '../navigation.ts';
import type { Narrowed } from './calls.ts';
import { narrowedBy, narrowedTo } from './narrowed.ts';
import { kindWord, knownKinds, useSay } from './words.ts';

/** What the list is narrowed by: fields, and what was chosen in the list itself. */
export function Filters({ by, names }: { by: Narrowed; names: Record<string, string> }) {
  const say = useSay();
  const time = (text: string | undefined) => toLocal(text ? Number(text) : null);
  const { actor, operation, request } = by;
  const chosen = [
    ...(actor ? [{ name: 'actor' as const, what: say('filter.by', { name: names[actor] ?? actor }) }] : []),
    ...(operation ? [{ name: 'operation' as const, what: say('filter.operation', { operation }) }] : []),
    ...(request ? [{ name: 'request' as const, what: say('filter.request', { request }) }] : []),
  ];
  const without = (name: keyof Narrowed) => {
    const { [name]: _gone, ...rest } = by;
    return narrowedTo(rest);
  };
  return (
    <search>
      <form
        class="form audit__filters"
        onSubmit={(event) => {
          event.preventDefault();
          go(narrowedBy(new FormData(event.currentTarget), by));
        }}
      >
        <div class="form__grid form__grid--small">
          <Field
            label={say('filter.q')}
            hint={say('filter.qHint')}
            name="q"
            type="search"
            minLength={3}
            defaultValue={by.q ?? ''}
            data-search
          />
          <FieldFrame label={say('filter.kind')}>
            {(tied) => (
              <select {...tied} name="kind">
                <option value="">{say('filter.anyKind')}</option>
                {knownKinds.map((kind) => (
                  <option key={kind} value={kind} selected={kind === by.kind}>
                    {kindWord(say, kind)}
                  </option>
                ))}
              </select>
            )}
          </FieldFrame>
          <Field label={say('filter.of')} hint={say('filter.ofHint')} name="of" defaultValue={by.of ?? ''} />
          <Field label={say('filter.from')} name="from" type="datetime-local" defaultValue={time(by.from)} />
          <Field label={say('filter.to')} name="to" type="datetime-local" defaultValue={time(by.to)} />
        </div>
        <div class="form__do">
          <Button type="submit" look="primary">
            {say('filter.apply')}
          </Button>
          {Object.keys(by).length > 0 && (
            <ButtonLink look="plain" href={narrowedTo({})}>
              {say('filter.clear')}
            </ButtonLink>
          )}
        </div>
      </form>
      {chosen.length > 0 && (
        <p class="chips">
          <span class="faint small">{say('filter.active')}</span>
          {chosen.map(({ name, what }) => (
            <a key={name} class="chip" href={without(name)} aria-label={say('filter.drop', { what })}>
              {what} <span aria-hidden="true">×</span>
            </a>
          ))}
        </p>
      )}
    </search>
  );
}

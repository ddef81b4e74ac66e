import { useState } from 'preact/hooks';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import { problemAt, tie } from '../form.ts';
import { Section } from '../parts.tsx';
import { SaveBar, SaveTrouble } from '../save-bar.tsx';
import { editing } from './calls.ts';
import { Clashes } from './clashes.tsx';
import { coverage, localesIn, localesOf, nameField, originalLocale, textsDraft } from './locales.ts';
import type { PartOf } from './title-parts.ts';
import { titleChange } from './title-draft.ts';
import { useTitleEdits } from './use-title-edits.ts';
import { useSay } from './words.ts';

/** Names and synopses in every language, beside those of the language they are translated from. */
export function TextsPart({ title, loaded }: PartOf) {
  const { t, format } = useDesk();
  const say = useSay();
  const [added, setAdded] = useState<readonly string[]>([]);
  const edits = useTitleEdits(
    { title, loaded },
    `engawa.draft.${title.id}.texts`,
    textsDraft(added),
    (changed, revision) => editing.change(title.id, titleChange(changed), revision),
  );
  const original = originalLocale(title);
  const [beside, setBeside] = useState(title.synopsis[original] ? original : 'en');
  const locales = localesOf(title, localesIn(edits.draft)); // also those of edits from before
  const problem = edits.failure?.problem;
  const field = tie(edits);
  const labelOf = (name: string) => {
    const locale = locales.find((l) => nameField(title, l) === name || `/synopsis/${l}` === name) ?? '';
    return `${say(name.startsWith('/synopsis/') ? 'texts.synopsis' : 'texts.name')}, ${format.language(locale)}`;
  };
  return (
    <Section title={say('part.texts')}>
      <Coverage title={title} draft={edits.draft} locales={locales} />
      <form ref={edits.form} class="form" onSubmit={(event) => void edits.save(event)}>
        {edits.restored && edits.clashes.length === 0 && <Notice>{t('desk.restored')}</Notice>}
        <Clashes {...edits} labelOf={labelOf} />
        <SaveTrouble failure={edits.failure} fields={Object.keys(edits.draft)} />
        <div class="texts">
          <aside class="texts__beside panel">
            <FieldFrame label={say('texts.beside')}>
              {(tied) => (
                <select
                  {...tied}
                  value={beside}
                  onChange={({ currentTarget }) => setBeside(currentTarget.value)}
                >
                  {locales.map((locale) => (
                    <option key={locale} value={locale}>
                      {format.language(locale)}
                    </option>
                  ))}
                </select>
              )}
            </FieldFrame>
            <p class="texts__name" lang={beside}>
              {edits.draft[nameField(title, beside)] || title.names.main}
            </p>
            <p class="texts__synopsis" lang={beside}>
              {edits.draft[`/synopsis/${beside}`] || <span class="faint">{say('texts.nothing')}</span>}
            </p>
          </aside>
          <div class="texts__all">
            {locales.map((locale) => (
              <fieldset key={locale} id={`texts-${locale}`} class="texts__one" lang={locale}>
                <legend>
                  {format.language(locale)}
                  {locale === original && <span class="tag">{say('texts.original')}</span>}
                </legend>
                <Field
                  label={say('texts.name')}
                  maxLength={200}
                  problem={problemAt(problem, nameField(title, locale))}
                  {...field(nameField(title, locale))}
                />
                <FieldFrame label={say('texts.synopsis')} problem={problemAt(problem, `/synopsis/${locale}`)}>
                  {(tied) => (
                    <textarea {...tied} rows={4} maxLength={5000} {...field(`/synopsis/${locale}`)} />
                  )}
                </FieldFrame>
              </fieldset>
            ))}
            <AddLocale has={locales} add={(locale) => setAdded([...added, locale])} />
          </div>
        </div>
        <SaveBar changes={edits.changes} busy={edits.busy} onRevert={edits.revert} />
      </form>
    </Section>
  );
}

/** What is there and what is missing, of each language, before anything is read. */
function Coverage({
  title,
  draft,
  locales,
}: {
  title: AdminTitleDetail;
  draft: Record<string, string>;
  locales: readonly string[];
}) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <ul class="coverage" aria-label={say('texts.coverage')}>
      {locales.map((locale) => {
        const { name, synopsis } = coverage(title, draft, locale);
        const state = name && synopsis ? 'whole' : name ? 'noSynopsis' : synopsis ? 'noName' : 'missing';
        return (
          <li key={locale}>
            <a class={`coverage__one coverage__one--${state}`} href={`#texts-${locale}`}>
              <b>{format.language(locale)}</b> <span>{say(`texts.${state}`)}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function AddLocale({ has, add }: { has: readonly string[]; add: (locale: string) => void }) {
  const { format } = useDesk();
  const say = useSay();
  const [code, setCode] = useState('');
  const fits = /^[a-z]{2}$/.test(code) && format.language(code) !== code;
  const there = has.includes(code);
  const take = () => {
    if (!fits || there) return;
    add(code);
    setCode('');
  };
  return (
    <div class="form--row">
      <Field
        label={say('texts.add')}
        hint={fits ? format.language(code) : say('texts.addHint')}
        maxLength={2}
        spellcheck={false}
        autocapitalize="off"
        value={code}
        problem={there ? say('texts.there', { language: format.language(code) }) : undefined}
        onInput={({ currentTarget }) => setCode(currentTarget.value.trim().toLowerCase())}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault(); // the form around it is not sent by this field
          take();
        }}
      />
      <Button look="outline" disabled={!fits || there} onClick={take}>
        {say('texts.addButton')}
      </Button>
    </div>
  );
}

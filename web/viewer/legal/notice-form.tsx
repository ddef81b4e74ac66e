import type { InputHTMLAttributes } from 'preact';
import { noticeLimits } from '../../../schema/moderation-terms.ts';
import { to } from '../../paths.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { explain } from '../problem/explain.ts';
import {
  mostOf,
  wrongFields,
  type NoticeField,
  type NoticeForm as Form,
  type NoticeValues,
} from './notice.ts';
import { legalIn } from './texts.ts';

type Typed = Exclude<NoticeField, 'goodFaith' | 'accurate'>;

/** The form of a takedown notice: it needs no script, and what was typed stays in it whatever happens. */
export function NoticeForm({ form }: { form: Extract<Form, { receipt: null }> }) {
  const here = useHere();
  const w = here.words('takedown');
  const { values, problem } = form;
  const wrong = wrongFields(values, problem);
  const example = `${here.visit.origin}${to('title', { slug: 'kaze-no-iro' })}`;
  const count = noticeLimits.addresses;
  const wrongText = (name: NoticeField): string | undefined => {
    const key = wrong[name];
    return key && (key === 'badAddresses' ? w(key, { example, count }) : w(key));
  };
  const field = (name: Typed, more: Pick<Props, 'hint' | 'rows' | 'optional'> & InputHTMLAttributes = {}) => (
    <Field {...more} name={name} label={w(name)} value={values[name]} wrong={wrongText(name)} />
  );
  return (
    <form class="notice-form" method="post" action={`${to('legal', { text: 'takedown' })}#notice`}>
      <p>{w('lead')}</p>
      {problem && <Refused form={form} wrong={Object.keys(wrong) as NoticeField[]} />}
      <fieldset>
        <legend>{w('material')}</legend>
        {field('work', { rows: 3, hint: w('workHint') })}
        {field('addresses', { rows: 3, hint: w('addressesHint', { count }) })}
      </fieldset>
      <fieldset>
        <legend>{w('you')}</legend>
        {field('name', { autoComplete: 'name' })}
        {field('onBehalfOf', { optional: true, autoComplete: 'organization' })}
        {field('email', { type: 'email', hint: w('emailHint'), autoComplete: 'email' })}
        {field('postalAddress', { rows: 3, autoComplete: 'street-address' })}
        {field('telephone', { type: 'tel', optional: true, autoComplete: 'tel' })}
      </fieldset>
      <fieldset>
        <legend>{w('statements')}</legend>
        <Statement name="goodFaith" values={values} wrong={wrongText('goodFaith')} />
        <Statement name="accurate" values={values} wrong={wrongText('accurate')} />
        {field('signature', { hint: w('signatureHint'), autoComplete: 'name' })}
      </fieldset>
      <p>
        <Button type="submit" look="primary">
          {w('submit')}
        </Button>
      </p>
    </form>
  );
}

/** Why it was not taken, with a way to each field that is wrong. */
function Refused({ form, wrong }: { form: Extract<Form, { receipt: null }>; wrong: NoticeField[] }) {
  const here = useHere();
  const w = here.words('takedown');
  if (wrong.length > 0)
    return (
      <Notice tone="danger" title={w('wrong')}>
        <ul class="notice-form__wrong">
          {wrong.map((name) => (
            <li key={name}>
              <a href={`#notice-${name}`}>
                {name === 'goodFaith' || name === 'accurate' ? w('statements') : w(name)}
              </a>
            </li>
          ))}
        </ul>
      </Notice>
    );
  const { title, text } = explain(here, form.problem!);
  return (
    <Notice tone="danger" title={title}>
      {text} {w('kept')}
    </Notice>
  );
}

type Props = {
  name: Typed;
  label: string;
  value: string;
  hint?: string;
  wrong: string | undefined;
  optional?: boolean;
  /** Of a text of several lines. */
  rows?: number;
};

/** A labelled field. Its id is given by hand: pages that stay HTML are roots of their own (ADR 0060). */
function Field({ name, label, value, hint, wrong, optional, rows, ...more }: Props & InputHTMLAttributes) {
  const w = useHere().words('takedown');
  const id = `notice-${name}`;
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  const control = {
    id,
    name,
    required: !optional,
    maxLength: mostOf(name),
    ...(described ? { 'aria-describedby': described } : {}),
    ...(wrong ? { 'aria-invalid': 'true' as const } : {}),
  };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="notice-form__optional"> ({w('optional')})</span>}
      </label>
      {rows ? (
        <textarea {...control} rows={rows} autoComplete={more.autoComplete ?? 'off'}>
          {value}
        </textarea>
      ) : (
        <input {...more} {...control} value={value} />
      )}
      <Said id={id} hint={hint} wrong={wrong} />
    </div>
  );
}

/** A statement of the law's own words, to be ticked. */
function Statement({
  name,
  values,
  wrong,
}: {
  name: 'goodFaith' | 'accurate';
  values: NoticeValues;
  wrong: string | undefined;
}) {
  const { texts, language } = legalIn(useHere().visit.language);
  const id = `notice-${name}`;
  return (
    <div class="notice-form__statement">
      <input
        type="checkbox"
        id={id}
        name={name}
        value="yes"
        required
        checked={values[name] === 'yes'}
        {...(wrong ? { 'aria-invalid': 'true', 'aria-describedby': `${id}-wrong` } : {})}
      />
      <label for={id} lang={language}>
        {texts.statements[name]}
      </label>
      <Said id={id} wrong={wrong} />
    </div>
  );
}

const Said = ({ id, hint, wrong }: { id: string; hint?: string | undefined; wrong: string | undefined }) => (
  <>
    {hint && (
      <p class="field__hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {wrong && (
      <p class="field__problem" id={`${id}-wrong`}>
        {wrong}
      </p>
    )}
  </>
);

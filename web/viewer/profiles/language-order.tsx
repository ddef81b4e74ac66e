import { useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';
import { useAccountWords } from '../account/words.ts';
import { languageName } from '../cards/words.ts';

/** What anime is dubbed and subtitled in, as far as there is enough of it to wish for. */
const offered = [
  'ja',
  'en',
  'es',
  'es-419',
  'fr',
  'de',
  'pt-BR',
  'pt-PT',
  'it',
  'ar',
  'hi',
  'id',
  'ko',
  'ms',
  'nl',
  'pl',
  'ru',
  'ta',
  'te',
  'th',
  'tr',
  'uk',
  'vi',
  'zh-Hans',
  'zh-Hant',
];
const MOST = 8; // schema/api/me.ts

/** One place up or down. */
export const moved = (order: readonly string[], from: number, by: 1 | -1): string[] => {
  const to = from + by;
  if (to < 0 || to >= order.length) return [...order];
  return order.toSpliced(from, 1).toSpliced(to, 0, order[from]!);
};

/** Languages in the order of preference: added from a list, moved by buttons; what was done is said. Sent as one field, by commas. */
export function LanguageOrder({
  name,
  label,
  chosen,
}: {
  name: string;
  label: string;
  chosen: readonly string[];
}) {
  const { visit } = useHere();
  const a = useAccountWords();
  const [order, setOrder] = useState([...chosen]);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLFieldSetElement>(null);
  const called = (tag: string) => languageName(tag, visit.language);
  const move = (at: number, by: 1 | -1) => {
    const next = moved(order, at, by);
    setOrder(next);
    setSaid(a('languageAt', { language: called(order[at]!), place: at + by + 1 }));
    // The buttons move along: the one that was pressed keeps the focus, its opposite at an end of the list.
    requestAnimationFrame(() => {
      const row = list.current?.querySelectorAll('li')[at + by];
      const [up, down] = row?.querySelectorAll<HTMLButtonElement>('button') ?? [];
      const pressed = by < 0 ? up : down;
      (pressed?.disabled ? (by < 0 ? down : up) : pressed)?.focus();
    });
  };
  const add = (tag: string) => {
    if (!tag) return;
    setOrder([...order, tag]);
    setSaid(a('languageAt', { language: called(tag), place: order.length + 1 }));
  };
  const remove = (tag: string) => {
    setOrder(order.filter((other) => other !== tag));
    setSaid(a('languageGone', { language: called(tag) }));
    list.current?.querySelector('select')?.focus();
  };
  const free = offered.filter((tag) => !order.includes(tag));
  return (
    <fieldset class="order" ref={list}>
      <legend>{label}</legend>
      <input type="hidden" name={name} value={order.join(',')} />
      {order.length > 0 && (
        <ol>
          {order.map((tag, i) => (
            <li key={tag}>
              <span lang={visit.language}>{called(tag)}</span>
              <Button
                look="plain"
                small
                disabled={i === 0}
                aria-label={a('languageUp', { language: called(tag) })}
                onClick={() => move(i, -1)}
              >
                <Icon name="up" />
              </Button>
              <Button
                look="plain"
                small
                disabled={i === order.length - 1}
                aria-label={a('languageDown', { language: called(tag) })}
                onClick={() => move(i, 1)}
              >
                <Icon name="down" />
              </Button>
              <Button
                look="plain"
                small
                aria-label={a('languageRemove', { language: called(tag) })}
                onClick={() => remove(tag)}
              >
                <Icon name="cross" />
              </Button>
            </li>
          ))}
        </ol>
      )}
      {order.length < MOST && (
        <select
          aria-label={`${a('languageAdd')}: ${label}`}
          value=""
          onChange={({ currentTarget }) => {
            add(currentTarget.value);
            currentTarget.value = '';
          }}
        >
          <option value="">{a('languageAdd')}</option>
          {free.map((tag) => (
            <option key={tag} value={tag}>
              {called(tag)}
            </option>
          ))}
        </select>
      )}
      <output class="only-heard">{said}</output>
    </fieldset>
  );
}

import { to } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { useSiteWords } from './words.ts';

/**
 * A search form, by GET; script adds suggestions (behaviours/suggest.ts).
 * @param id of its field; unique in the page
 * @param kept filters of the search that stay when the words change
 */
export function SearchBox({
  id,
  q = '',
  kept = {},
  large = false,
}: {
  id: string;
  q?: string;
  kept?: Record<string, string>;
  large?: boolean;
}) {
  const s = useSiteWords();
  return (
    <search class={`search-box${large ? ' search-box--large' : ''}`}>
      <form action={to('search')} data-suggest>
        <label class="only-heard" for={id}>
          {s('searchLabel')}
        </label>
        <input
          id={id}
          type="search"
          name="q"
          value={q}
          maxLength={100}
          placeholder={large ? s('searchHint') : s('search')}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="search"
        />
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" aria-label={s('search')}>
          <Icon name="search" />
        </button>
        <ul id={`${id}-suggestions`} class="search-box__suggestions" aria-label={s('suggestions')} hidden />
        <output class="only-heard" data-count={s('suggestionCount', { count: '{count}' })} />
      </form>
    </search>
  );
}

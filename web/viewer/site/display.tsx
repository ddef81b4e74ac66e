import { displayPath, themes } from '../../display.ts';
import { languages, type UiLanguage } from '../../i18n/i18n.ts';
import { useHere } from '../../visit.ts';

/** A language by its own name, as its readers know it. */
const ownName = (language: UiLanguage): string => {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
};

/** The choice of language and theme: forms, so that they work on every page, with and without script. */
export function Display() {
  const { visit, words } = useHere();
  const m = words('menu');
  return (
    <form class="display" method="post" action={displayPath} aria-label={m('display')}>
      <input type="hidden" name="next" value={visit.path} />
      <fieldset>
        <legend>{m('language')}</legend>
        {languages.map((language) => (
          <button
            key={language}
            type="submit"
            name="language"
            value={language}
            lang={language}
            aria-pressed={language === visit.language}
          >
            {ownName(language)}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend>{m('theme')}</legend>
        {themes.map((theme) => (
          <button key={theme} type="submit" name="theme" value={theme} aria-pressed={theme === visit.theme}>
            {m(theme)}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

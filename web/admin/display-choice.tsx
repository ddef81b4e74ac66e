import { useState } from 'preact/hooks';
import { displayPath, themes, type Theme } from '../display.ts';
import { FieldFrame } from '../ui/field.tsx';
import { useDesk } from './desk.ts';

/** Keeps a choice where the site keeps it (ADR 0062): one cookie for both programs. */
const keep = (what: 'theme' | 'language', value: string) =>
  fetch(displayPath, {
    method: 'POST',
    body: new URLSearchParams({ [what]: value }),
    redirect: 'manual',
    keepalive: true,
  });

/** Light, dark or as the system is; and in which of the dashboard's two languages. */
export function DisplayChoice() {
  const { t, visit } = useDesk();
  const [theme, setTheme] = useState<Theme>(visit.theme);
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    document.documentElement.dataset['theme'] = chosen;
    // Kept for the next page; this one is drawn already, whatever becomes of it.
    keep('theme', chosen).catch(() => {});
  };
  const speak = async (language: string) => {
    await keep('language', language);
    location.reload();
  };
  return (
    <div class="desk__display">
      <FieldFrame label={t('display.theme')}>
        {(tied) => (
          <select
            {...tied}
            value={theme}
            onChange={({ currentTarget: { value } }) =>
              choose(themes.find((name) => name === value) ?? 'system')
            }
          >
            {themes.map((name) => (
              <option key={name} value={name}>
                {t(`theme.${name}`)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <FieldFrame label={t('display.language')}>
        {(tied) => (
          <select
            {...tied}
            value={visit.language === 'ja' ? 'ja' : 'en'}
            onChange={({ currentTarget: { value } }) => void speak(value)}
          >
            <option value="en" lang="en">
              English
            </option>
            <option value="ja" lang="ja">
              日本語
            </option>
          </select>
        )}
      </FieldFrame>
    </div>
  );
}

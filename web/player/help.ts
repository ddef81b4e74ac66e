import { make, makeButton } from './make.ts';
import { prefer, preferences, type Preferences } from './preferences.ts';
import { shortcuts } from './shortcuts.ts';
import type { Stage } from './stage.ts';

const settings = [
  ['skip', 'setting.skip'],
  ['next', 'setting.next'],
] as const satisfies [keyof Preferences, string][];

export type Help = { toggle: () => void };

/** What this device is told once, and every key there is: a native dialog, which holds the focus and closes with Escape. */
export function makeHelp({ root, words: { t } }: Stage, showWhy: () => void, signal: AbortSignal): Help {
  const dialog = make('dialog', 'player-help');
  const heading = make('h2', '', t('help.title'));
  heading.id = 'player-help';
  dialog.setAttribute('aria-labelledby', heading.id);
  const boxes = settings.map(([name, words]) => {
    const box = make('input', '');
    box.type = 'checkbox';
    box.addEventListener('change', () => prefer({ [name]: box.checked }));
    return { name, box, label: make('label', 'player-help__setting', box, t(words)) };
  });
  const keys = make('dl', 'player-help__keys');
  for (const { shown, words } of shortcuts) {
    const term = make('dt', '', ...shown.map((key) => make('kbd', '', key)));
    keys.append(make('div', '', term, make('dd', '', t(words))));
  }
  dialog.append(
    make(
      'header',
      '',
      heading,
      makeButton('button--outline', t('close'), () => dialog.close()),
    ),
    make('div', 'player-help__settings', ...boxes.map(({ label }) => label)),
    makeButton('button--outline', t('why.open'), () => {
      dialog.close();
      showWhy();
    }),
    make('h3', '', t('help.keys')),
    keys,
  );
  // On the dialog itself means on its backdrop: what is in it has its own box.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  root.append(dialog);
  signal.addEventListener('abort', () => dialog.remove());
  return {
    toggle: () => {
      if (dialog.open) return dialog.close();
      const now = preferences();
      for (const { name, box } of boxes) box.checked = now[name];
      dialog.showModal();
    },
  };
}

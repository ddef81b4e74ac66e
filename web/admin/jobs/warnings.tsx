import type { Warning } from '../../../schema/media-facts.ts';
import { useDesk } from '../desk.ts';
import { Section, State } from '../parts.tsx';

/** What an editor should know before publishing; those that keep it from being published first. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useDesk();
  if (warnings.length === 0) return null;
  return (
    <Section title={t('warnings.title')}>
      <WarningList warnings={warnings} />
    </Section>
  );
}

export function WarningList({
  warnings,
  overridden = false,
}: {
  warnings: readonly Warning[];
  /** Published in spite of them. */
  overridden?: boolean;
}) {
  const { t } = useDesk();
  const sorted = warnings.toSorted((a, b) => Number(b.blocks) - Number(a.blocks));
  return (
    <ul class="warnings">
      {sorted.map((warning) => (
        <li key={warning.code + warning.detail}>
          <State tone={warning.blocks && !overridden ? 'danger' : 'warning'}>
            {t(!warning.blocks ? 'warnings.note' : overridden ? 'warnings.overridden' : 'warnings.blocks')}
          </State>{' '}
          <strong>{t(`warning.${warning.code}`)}</strong> <span class="faint break">{warning.detail}</span>
        </li>
      ))}
    </ul>
  );
}

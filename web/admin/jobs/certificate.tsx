import type { JobView } from '../../../schema/api/ingest.ts';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import { Section, State } from '../parts.tsx';

/** The checks of a finished video: measured facts, each holding or not. Those that do not hold come first. */
export function Certificate({
  certificate: { holds, checks },
}: {
  certificate: NonNullable<JobView['certificate']>;
}) {
  const { t } = useDesk();
  const broken = checks.filter((check) => !check.holds);
  return (
    <Section
      title={t('job.certificate')}
      aside={
        <State tone={holds ? 'good' : 'danger'}>
          {holds ? t('job.holds') : t('job.broken', { count: broken.length })}
        </State>
      }
    >
      <ul class="checks">
        {[...broken, ...checks.filter((check) => check.holds)].map((check) => (
          <li key={check.name} class={check.holds ? 'checks__holds' : 'checks__fails'}>
            <Icon name={check.holds ? 'check' : 'cross'} size={18} />
            <span>
              <span class="only-heard">{t(check.holds ? 'job.check.holds' : 'job.check.fails')}: </span>
              {check.name} <span class="faint break">{check.detail}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

import type { JobView } from '../../../schema/api/ingest.ts';
import type { CertificateCheck } from '../../../schema/jobs/task.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import { Section, State } from '../parts.tsx';
import { meaningOf } from './meanings.ts';
import { useSay, type Say } from './words.ts';

type Check = Pick<CertificateCheck, 'name' | 'holds' | 'detail'> & {
  measured?: CertificateCheck['measured'];
};

/** The checks of a finished video: what was measured, what it may be, and what that means. Those that do not hold come first. */
export function Certificate({ job }: { job: JobView }) {
  const { t } = useDesk();
  const say = useSay();
  if (!job.certificate) return null;
  const { holds, checks } = job.certificate;
  const broken = checks.filter((check) => !check.holds);
  return (
    <Section
      title={t('job.certificate')}
      aside={
        <span class="panel__do">
          <State tone={holds ? 'good' : 'danger'}>
            {holds ? t('job.holds') : t('job.broken', { count: broken.length })}
          </State>
          <Button small look="outline" onClick={() => download(job)}>
            {say('check.export')}
          </Button>
        </span>
      }
    >
      <table class="table table--checks" aria-label={t('job.certificate')}>
        <thead>
          <tr>
            <th scope="col">{say('check.column.check')}</th>
            <th scope="col" class="table__end">
              {say('check.column.measured')}
            </th>
            <th scope="col">{say('check.column.limit')}</th>
            <th scope="col">{say('check.column.means')}</th>
          </tr>
        </thead>
        <tbody>
          {[...broken, ...checks.filter((check) => check.holds)].map((check) => (
            <CheckRow key={check.name} check={check} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function CheckRow({ check }: { check: Check }) {
  const { t } = useDesk();
  const say = useSay();
  const { name, holds, detail, measured } = check;
  const meaning = meaningOf(name);
  return (
    <tr class={holds ? 'checks__holds' : 'checks__fails'}>
      <th scope="row">
        <span class="checks__name">
          <Icon name={holds ? 'check' : 'cross'} size={18} />
          <span class="only-heard">{t(holds ? 'job.check.holds' : 'job.check.fails')}: </span>
          {name}
        </span>
      </th>
      <td class="table__end">{measured && inWords(say, measured, measured.value)}</td>
      <td>
        {measured &&
          (measured.unit === 'faults'
            ? '0'
            : say('check.atMost', { limit: inWords(say, measured, measured.limit) }))}
      </td>
      <td>
        {meaning && say(meaning)} <span class="faint break">{detail}</span>
      </td>
    </tr>
  );
}

function inWords(say: Say, { unit }: NonNullable<Check['measured']>, value: number): string {
  if (unit === 'faults') return say('check.unit.faults', { count: value });
  const rounded = Number(value.toFixed(unit === 'ms' ? 1 : 2));
  return say(`check.unit.${unit}`, { value: rounded });
}

/** The certificate as the API gives it, with what it is of, as a file. */
function download({
  id,
  assetId,
  titleName,
  season,
  episode,
  version,
  fileName,
  settings,
  certificate,
}: JobView): void {
  const text = JSON.stringify(
    {
      job: id,
      asset: assetId,
      title: titleName,
      season,
      episode,
      version,
      source: fileName,
      settings,
      certificate,
    },
    null,
    2,
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = `certificate-${id}.json`;
  link.click();
  // Browsers read it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

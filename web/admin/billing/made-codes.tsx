import { useEffect, useMemo } from 'preact/hooks';
import type { MadeGifts } from '../../../schema/api/billing-admin.ts';
import { Notice } from '../../ui/notice.tsx';
import { useSay } from './words.ts';

/** Codes as they were made: to be copied or saved now, as nobody can see them again. */
export function MadeCodes({ made: { items } }: { made: MadeGifts }) {
  const say = useSay();
  const file = useMemo(() => {
    const rows = items.map(({ code, planId, days, uses }) => [code, planId, days, uses].join(','));
    return URL.createObjectURL(
      new Blob([`${['code,plan,days,uses', ...rows].join('\r\n')}\r\n`], { type: 'text/csv' }),
    );
  }, [items]);
  useEffect(() => () => URL.revokeObjectURL(file), [file]);
  return (
    <Notice tone="good" title={say('made.title', { count: items.length })}>
      <p>{say('made.text')}</p>
      <pre>{items.map(({ code }) => code).join('\n')}</pre>
      <p>
        <a href={file} download="gift-codes.csv">
          {say('made.csv')}
        </a>
      </p>
    </Notice>
  );
}

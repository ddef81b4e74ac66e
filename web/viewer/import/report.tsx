import { useEffect, useRef, useState } from 'preact/hooks';
import type { ImportReport } from '../../../schema/api/library.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { useImportWords, type ImportWords } from './words.ts';

const FEW = 12;

/** What an import came to, or would: the numbers, and each title that was not taken over with the reason. */
export function Report({ done, report }: { done: boolean; report: ImportReport }) {
  const { visit } = useHere();
  const l = useImportWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [done]);
  const { unmatched } = report;
  return (
    <div class="report">
      <h3 ref={heading} tabIndex={-1}>
        {l(done ? 'import.doneTitle' : 'import.wouldTitle')}
      </h3>
      {!done && <p>{l('import.wouldText')}</p>}
      <dl class="report__numbers">
        {(['added', 'changed', 'kept', 'episodes'] as const).map((key) => (
          <div key={key}>
            <dt>{l(`import.${key}`)}</dt>
            <dd>{report[key].toLocaleString(visit.language)}</dd>
          </div>
        ))}
      </dl>
      {unmatched.length > 0 && (
        <>
          <p>{l('import.unmatchedText')}</p>
          <details open={unmatched.length <= FEW}>
            <summary>{l('import.unmatchedTitle', { count: unmatched.length })}</summary>
            <ul class="report__unmatched">
              {unmatched.map(({ name, why }, i) => (
                <li key={`${i}-${name}`}>
                  {name} <span class="settings__soft">{l(`why.${why}`)}</span>
                </li>
              ))}
            </ul>
          </details>
          <Download lines={unmatched.map((one) => lineOf(l, one))} />
        </>
      )}
    </div>
  );
}

const lineOf = (l: ImportWords, { name, why }: ImportReport['unmatched'][number]) =>
  `${name}\t${l(`why.${why}`)}`;

function Download({ lines }: { lines: readonly string[] }) {
  const l = useImportWords();
  const [href, setHref] = useState('');
  const text = lines.join('\n');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain;charset=utf-8' }));
    setHref(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <p>
      <ButtonLink look="outline" small href={href} download="not-taken-over.txt">
        {l('import.unmatchedDownload')}
      </ButtonLink>
    </p>
  );
}

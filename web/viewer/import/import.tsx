import { useRef, useState } from 'preact/hooks';
import type { ImportReport, ListFormat } from '../../../schema/api/library.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { TroubleNotice } from '../account/account.tsx';
import { useImportWords } from './words.ts';
import { existingWays, formatOf, MAX_LIST_BYTES, sendList, type Existing } from './list-file.ts';
import { Report } from './report.tsx';

const formats = ['mal', 'anilist', 'engawa'] as const;

/** What was tried or done, with what it was made of: the same again is what “do it” does. */
type Step = {
  done: boolean;
  report: ImportReport;
  file: Blob;
  format: ListFormat;
  existing: Existing;
};

/** Lists of other sites come in, and ours goes out. First it is tried, then done; what was not found can be taken back home. */
export default function Import(_data: { data: null }) {
  const { t } = useHere();
  const l = useImportWords();
  const [format, setFormat] = useState<ListFormat>('mal');
  const [step, setStep] = useState<Step | null>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<'import.noFile' | 'import.tooLarge' | null>(null);
  const [trouble, setTrouble] = useState<{ problem: ProblemDocument | null } | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const send = async (what: Omit<Step, 'report' | 'done'>, done: boolean) => {
    setBusy(true);
    const answer = await sendList(what.file, what.format, what.existing, !done);
    setBusy(false);
    setTrouble(answer.ok ? null : { problem: answer.problem });
    if (answer.ok) setStep({ ...what, done, report: answer.value });
  };
  const attempt = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(form.current!);
    const file = fields.get('file');
    setTrouble(null);
    if (!(file instanceof File) || file.size === 0) return setWrong('import.noFile');
    if (file.size > MAX_LIST_BYTES) return setWrong('import.tooLarge');
    setWrong(null);
    await send({ file, format, existing: fields.get('existing') as Existing }, false);
  };

  return (
    <div class="own own--narrow">
      <header class="own__head">
        <h1>{l('import.title')}</h1>
        <p>{l('import.lead')}</p>
      </header>
      <section class="own__part" aria-labelledby="import">
        <h2 id="import">{l('import.importTitle')}</h2>
        {trouble && <TroubleNotice trouble={{ problem: trouble.problem, fields: {} }} />}
        {step ? (
          <>
            <Report done={step.done} report={step.report} />
            <p class="own__ways">
              {step.done ? (
                <ButtonLink look="primary" href={to('list')}>
                  {l('import.toList')}
                </ButtonLink>
              ) : (
                <Button look="primary" disabled={busy} onClick={() => void send(step, true)}>
                  {l(busy ? 'import.doing' : 'import.do')}
                </Button>
              )}
              <Button look="outline" disabled={busy} onClick={() => setStep(null)}>
                {l('import.other')}
              </Button>
            </p>
          </>
        ) : (
          <form
            ref={form}
            class="own__form"
            method="post"
            noValidate
            onSubmit={(event) => void attempt(event)}
          >
            <noscript>
              <Notice tone="warning">{t('form.needsScript')}</Notice>
            </noscript>
            <FieldFrame label={l('import.from')} hint={l(`import.help.${format}`)}>
              {(tied) => (
                <select
                  {...tied}
                  value={format}
                  onChange={({ currentTarget }) => setFormat(currentTarget.value as ListFormat)}
                >
                  {formats.map((one) => (
                    <option key={one} value={one} selected={one === format}>
                      {l(`format.${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </FieldFrame>
            <Field
              label={l('import.file')}
              name="file"
              type="file"
              accept=".xml,.gz,.json,application/json,application/xml,application/gzip"
              onChange={({ currentTarget }) => {
                const said = formatOf(currentTarget.files?.[0]?.name ?? '');
                if (said) setFormat(said);
                setWrong(null);
              }}
              problem={wrong ? l(wrong) : undefined}
            />
            <FieldFrame label={l('import.existing')}>
              {(tied) => (
                <select name="existing" {...tied}>
                  {existingWays.map((way) => (
                    <option key={way} value={way}>
                      {l(`existing.${way}`)}
                    </option>
                  ))}
                </select>
              )}
            </FieldFrame>
            <p>
              <Button type="submit" look="primary" disabled={busy}>
                {l(busy ? 'import.trying' : 'import.try')}
              </Button>
            </p>
          </form>
        )}
      </section>
      <section class="own__part" aria-labelledby="export">
        <h2 id="export">{l('export.title')}</h2>
        <p>{l('export.lead')}</p>
        <p class="own__ways">
          {formats.map((one) => (
            <ButtonLink key={one} look="outline" href={`/api/me/watchlist/export?format=${one}`} download="">
              {l(`export.${one}`)}
            </ButtonLink>
          ))}
        </p>
      </section>
    </div>
  );
}

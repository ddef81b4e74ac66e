import { useId, useState } from 'preact/hooks';
import type { SeasonImport } from '../../../schema/api/editing.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useFileDrop } from '../file-drop-hook.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Heard, Section } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { importFile } from './calls.ts';
import { ImportRows } from './import-rows.tsx';
import { saveAs } from './save-as.ts';
import { seasonTemplate } from './season-template.ts';
import type { PartOf } from './title-parts.ts';
import { useSay } from './words.ts';

type Tried = { file: File; result: SeasonImport };

/** A season from a spreadsheet: what each row would do is shown first; then all rows are taken or none. */
export function Import({ title, loaded }: PartOf) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const id = useId();
  const drop = useFileDrop(({ files }) => take(files[0]));
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = async (file: File, dryRun: boolean) => {
    setBusy(true);
    const answer = await importFile(title.id, file, dryRun);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return setTried(null);
    if (!answer.value.applied) return setTried({ file, result: answer.value });
    setTried(null);
    const count = answer.value.rows.filter(({ fate }) => fate === 'new' || fate === 'change').length;
    toasts.undoable(say('import.done', { count }), answer, loaded.refresh);
    await loaded.refresh();
  };
  const take = (file: File | undefined) => {
    if (file) void send(file, true);
  };
  const count = (fate: SeasonImport['rows'][number]['fate']) =>
    tried?.result.rows.filter((row) => row.fate === fate).length ?? 0;
  const refused = count('refused');
  const changes = count('new') + count('change');
  const summary = tried
    ? say('import.summary', { fresh: count('new'), changed: count('change'), same: count('same'), refused })
    : '';
  return (
    <Section
      title={say('import.title')}
      aside={
        <span class="form__do">
          <Button
            small
            look="plain"
            onClick={() => saveAs(seasonTemplate, 'season-template.csv', 'text/csv')}
          >
            {say('import.template')}
          </Button>
          {title.episodeList.length > 0 && (
            <ButtonLink small look="plain" href={`/api/admin/titles/${title.id}/export?format=csv`} download>
              {say('import.export')}
            </ButtonLink>
          )}
        </span>
      }
    >
      {failure && <FailureNotice failure={failure} />}
      <Heard text={summary} />
      {tried ? (
        <>
          <p>
            <b class="break">{tried.file.name}</b>: {summary}
          </p>
          {refused > 0 && <p class="warn">{say('import.mend')}</p>}
          <ImportRows rows={tried.result.rows} />
          <div class="form__do">
            <Button
              look="primary"
              disabled={busy || refused > 0 || changes === 0}
              onClick={() => void send(tried.file, false)}
            >
              {say('import.apply', { count: changes })}
            </Button>
            <Button look="plain" disabled={busy} onClick={() => setTried(null)}>
              {t('desk.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <div class={drop.over ? 'drop drop--over' : 'drop'} {...drop.target}>
          <p>
            {say(busy ? 'import.reading' : 'import.drop')}{' '}
            <label class="button button--outline button--small" for={`${id}-file`}>
              {say('import.choose')}
            </label>
            <input
              id={`${id}-file`}
              class="drop__input"
              type="file"
              accept=".csv,.json,text/csv,application/json"
              aria-describedby={`${id}-hint`}
              onChange={({ currentTarget }) => {
                take(currentTarget.files?.[0]);
                currentTarget.value = ''; // so that the same file can be chosen again, once it is mended
              }}
            />
          </p>
          <p class="faint small" id={`${id}-hint`}>
            {say('import.hint')}
          </p>
        </div>
      )}
    </Section>
  );
}

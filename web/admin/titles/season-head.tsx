import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { titles } from '../calls.ts';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { tie } from '../form.ts';
import type { Failure } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { FailureNotice } from '../parts.tsx';
import { SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { seasons } from './calls.ts';
import { Clashes } from './clashes.tsx';
import { partAt, type PartOf } from './title-parts.ts';
import { useTitleEdits } from './use-title-edits.ts';
import { useSay } from './words.ts';

/** A season's own name, and its end where it is empty. */
export function SeasonHead({ title, loaded, season, empty }: PartOf & { season: number; empty: boolean }) {
  const { t } = useDesk();
  const say = useSay();
  const edits = useTitleEdits(
    { title, loaded },
    `engawa.draft.${title.id}.season.${season}`,
    ({ seasonList }) => ({ '/name': seasonList.find(({ number }) => number === season)?.name ?? '' }),
    async (changed, revision) => {
      const saved = await seasons.name(title.id, season, changed['/name']?.trim() || null, revision);
      if (!saved.ok) return saved;
      const now = await titles.read(title.id);
      return now.ok ? { ...now, request: saved.request ?? null } : now;
    },
  );
  return (
    <form ref={edits.form} class="form form--row season" onSubmit={(event) => void edits.save(event)}>
      <Clashes {...edits} labelOf={() => say('season.name')} />
      <SaveTrouble failure={edits.failure} fields={[]} />
      <Field
        label={say('season.name')}
        hint={say('season.nameHint')}
        maxLength={200}
        {...tie(edits)('/name')}
      />
      {edits.changes > 0 && (
        <Button type="submit" look="outline" disabled={edits.busy}>
          {t(edits.busy ? 'desk.saving' : 'desk.save')}
        </Button>
      )}
      {empty && <Erase title={title} loaded={loaded} season={season} />}
    </form>
  );
}

function Erase({ title, loaded, season }: PartOf & { season: number }) {
  const say = useSay();
  const toasts = useToasts();
  const confirm = useConfirm();
  const [failure, setFailure] = useState<Failure | null>(null);
  const erase = async () => {
    const sure = await confirm({
      title: say('season.eraseTitle', { number: season }),
      text: say('season.eraseText'),
      yes: say('season.erase'),
    });
    if (!sure) return;
    const answer = await seasons.erase(title.id, season);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.undoable(say('season.erased', { number: season }), answer, loaded.refresh);
    go(partAt(title.id, 'episodes'), { replace: true });
    await loaded.refresh();
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <Button look="plain" onClick={() => void erase()}>
        {say('season.erase')}
      </Button>
    </>
  );
}

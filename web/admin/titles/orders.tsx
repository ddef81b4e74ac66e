import { useState } from 'preact/hooks';
import { orderKinds } from '../../../schema/catalog-terms.ts';
import type { AdminEpisode, AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { titles } from '../calls.ts';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import type { Draft } from '../merge.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { SaveBar, SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { editing } from './calls.ts';
import { Clashes } from './clashes.tsx';
import type { PartOf } from './title-parts.ts';
import { Sortable } from './sortable.tsx';
import { useTitleEdits } from './use-title-edits.ts';
import { useSay } from './words.ts';

type Kind = (typeof orderKinds)[number];
type Ids = Id<'episode'>[];
const FIELD = '/episodeIds';

/** The order that is there; without one, that of season and number. What it does not name stands where it usually does: at the end here. */
function orderOf(title: AdminTitleDetail, kind: Kind): Ids {
  const given = title.orders.find((order) => order.kind === kind)?.episodeIds ?? [];
  const rest = title.episodeList.map(({ id }) => id).filter((id) => !given.includes(id));
  return [...given, ...rest];
}

/** Orders to watch in beside that of season and number: where specials and films belong. */
export function Orders(part: PartOf) {
  const say = useSay();
  const [open, setOpen] = useState<Kind | null>(null);
  if (part.title.episodeList.length < 2) return null;
  return (
    <Section title={say('orders.title')}>
      <p class="faint">{say('orders.text')}</p>
      {orderKinds.map((kind) => {
        const given = part.title.orders.some((order) => order.kind === kind);
        return (
          <div key={kind} class="order">
            <button
              type="button"
              class="opens"
              aria-expanded={open === kind}
              onClick={() => setOpen(open === kind ? null : kind)}
            >
              {say(`order.${kind}`)} <span class="faint">{say(given ? 'orders.given' : 'orders.usual')}</span>
            </button>
            {open === kind && <Order {...part} kind={kind} given={given} />}
          </div>
        );
      })}
    </Section>
  );
}

function Order({ title, loaded, kind, given }: PartOf & { kind: Kind; given: boolean }) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const edits = useTitleEdits(
    { title, loaded },
    `engawa.draft.${title.id}.order.${kind}`,
    (now) => ({ [FIELD]: orderOf(now, kind).join(' ') }),
    async (changed: Draft, revision) => {
      const ids = changed[FIELD]!.split(' ') as Ids;
      const saved = await editing.putOrder(title.id, kind, ids, revision);
      if (!saved.ok) return saved;
      const now = await titles.read(title.id);
      return now.ok ? { ...now, request: saved.request ?? null } : now;
    },
  );
  const episodes = new Map(title.episodeList.map((episode) => [episode.id, episode]));
  const ids = edits.draft[FIELD]!.split(' ') as Ids;
  const listed = ids.flatMap((id) => episodes.get(id) ?? []);
  const nameOf = ({ season, number, name }: AdminEpisode) =>
    `${say('episode.place', { season, number })} ${name ?? t('episode.unnamed', { number })}`;
  const drop = async () => {
    const answer = await editing.dropOrder(title.id, kind);
    setFailure(answer.ok ? null : answer);
    edits.revert();
    if (answer.ok) toasts.undoable(say('orders.dropped'), answer, loaded.refresh);
    await loaded.refresh();
  };
  return (
    <form ref={edits.form} class="form" onSubmit={(event) => void edits.save(event)}>
      <Clashes
        {...edits}
        labelOf={() => say(`order.${kind}`)}
        showValue={(_, text) =>
          (text.split(' ') as Ids)
            .flatMap((id) => episodes.get(id) ?? [])
            .map(({ season, number }) => say('episode.place', { season, number }))
            .join(', ')
        }
      />
      <SaveTrouble failure={edits.failure} fields={[]} />
      {failure && <FailureNotice failure={failure} />}
      <Sortable
        label={say(`order.${kind}`)}
        items={listed}
        nameOf={nameOf}
        onOrder={(next) => edits.set(FIELD, next.map(({ id }) => id).join(' '))}
      >
        {(episode) => (
          <span class="order__name">
            <span class="faint">
              {say('episode.place', { season: episode.season, number: episode.number })}
            </span>{' '}
            {episode.name ?? t('episode.unnamed', { number: episode.number })}
            {episode.kind !== 'story' && <span class="tag">{t(`episodeKind.${episode.kind}`)}</span>}
          </span>
        )}
      </Sortable>
      {given && (
        <div class="form__do">
          <Button look="outline" small onClick={() => void drop()}>
            {say('orders.drop')}
          </Button>
        </div>
      )}
      <SaveBar changes={edits.changes} busy={edits.busy} onRevert={edits.revert} />
    </form>
  );
}

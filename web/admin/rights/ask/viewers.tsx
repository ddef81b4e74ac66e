import type { Holdback, Licence } from '../../../../schema/api/rights.ts';
import type { Id } from '../../../../schema/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { useFresh } from '../../fresh-hook.ts';
import { Shown } from '../../parts.tsx';
import { decision as ask, holdbacks, licences } from '../calls.ts';
import { useAnewAfterChanges } from '../changes.ts';
import { useRoom } from '../room/words.ts';
import { Explained } from './explained.tsx';
import { MomentFields } from './moment-field.tsx';
import { ViewerFields, type Change, type Params } from './viewer-fields.tsx';

/** One viewer, or two beside each other, before one episode at one moment; answered as they are made up. */
export function Viewers({
  titleId,
  episodeId,
  params,
  change,
}: {
  titleId: Id<'title'>;
  episodeId: Id<'episode'>;
  params: Params;
  change: Change;
}) {
  const room = useRoom();
  const licenceRows = useFresh(`licences ${titleId}`, () => licences.list(titleId));
  const holdbackRows = useFresh(`holdbacks ${titleId}`, () => holdbacks.list(titleId));
  useAnewAfterChanges(licenceRows, holdbackRows);
  const rows = [...(licenceRows.value?.items ?? []), ...(holdbackRows.value?.items ?? [])];
  const two = params['vs'] === 'yes';
  const viewer = (suffix: string) => (
    <Viewer
      key={suffix}
      name={room(suffix ? 'ask.second' : two ? 'ask.first' : 'ask.viewer')}
      suffix={suffix}
      {...{ episodeId, params, change, rows }}
    />
  );
  return (
    <>
      <MomentFields params={params} change={change} />
      <div class={two ? 'viewers viewers--two' : 'viewers'}>
        {viewer('')}
        {two && viewer('2')}
      </div>
      <div class="form__do">
        <Button look="outline" onClick={() => change({ vs: two ? '' : 'yes' })}>
          {room(two ? 'ask.one' : 'ask.compare')}
        </Button>
      </div>
    </>
  );
}

function Viewer({
  name,
  suffix,
  episodeId,
  params,
  change,
  rows,
}: {
  name: string;
  suffix: string;
  episodeId: Id<'episode'>;
  params: Params;
  change: Change;
  rows: readonly (Licence | Holdback)[];
}) {
  const of = (field: string) => params[field + suffix] ?? '';
  const asked = {
    country: of('country'),
    plan: of('plan'),
    age: of('age'),
    signedOut: of('signedOut'),
    at: params['at'] ?? '',
    asIfPublished: params['asIfPublished'] ?? '',
  };
  const answer = useFresh(`decision ${episodeId} ${JSON.stringify(asked)}`, () => ask(episodeId, asked));
  useAnewAfterChanges(answer);
  return (
    <section class="panel viewer" aria-label={name}>
      <h3>{name}</h3>
      <ViewerFields params={params} change={change} suffix={suffix} />
      <div aria-live="polite">
        <Shown of={answer}>{(value) => <Explained answer={value} rows={rows} />}</Shown>
      </div>
    </section>
  );
}

import type { LicensorDetail } from '../../../../schema/api/rights-room.ts';
import type { Id } from '../../../../schema/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, FieldFrame } from '../../../ui/field.tsx';
import { useConfirm } from '../../confirm.tsx';
import { useDesk } from '../../desk.ts';
import { problemAt, tie, useDraft, useSave } from '../../form.ts';
import { useFresh, type Loaded } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { usePages } from '../../pages-hook.ts';
import { lazy } from '../../lazy.tsx';
import { FailureNotice, Heading, Section, Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { SaveBar, SaveTrouble } from '../../save-bar.tsx';
import { licences, licensors as calls } from '../calls.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { useSay } from '../words.ts';
import { LicenceTable } from './licence-list.tsx';
import { useRoom } from './words.ts';

/** Of a timeline: what comes further down the list joins as it is loaded. */
const ON_TIMELINE = '100';

/** What of the revenue it gets: with the words of the books. */
const Shares = lazy<{ licensorId: Id<'licensor'> }>(async (language) => {
  const { sharesOf } = await import('../../books/shares.tsx');
  return sharesOf(language);
});

/** A licensor, its licences across titles, and what it holds back. */
export function LicensorPage({ id }: { id: Id<'licensor'> }) {
  const room = useRoom();
  const { visit } = useDesk();
  const licensor = useFresh(`licensor ${id}`, () => calls.read(id));
  const trail = [{ href: at('licensors'), name: room('tab.licensors') }];
  return (
    <>
      <Heading title={licensor.value?.name ?? room('tab.licensors')} trail={trail} />
      <Shown of={licensor}>
        {(value) => (
          <>
            <Rows licensor={value} />
            {visit.me?.role === 'admin' && <Shares licensorId={id} />}
            <Section title={room('licensor.facts')}>
              <Facts licensor={value} loaded={licensor} />
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}

function Rows({ licensor }: { licensor: LicensorDetail }) {
  const room = useRoom();
  const query = { licensor: licensor.id, limit: ON_TIMELINE };
  const key = `licences of ${licensor.id}`;
  const first = useFresh(key, () => licences.page(query));
  const pages = usePages(key, first.value, (cursor) => licences.page({ ...query, cursor }));
  const titles = new Map<string, string>([
    ...pages.items.map(({ titleId, titleName }) => [titleId, titleName] as const),
    ...licensor.holdbacks.map(({ titleId, titleName }) => [titleId, titleName] as const),
  ]);
  return (
    <>
      <Section title={room('timeline.title')}>
        <Shown of={first}>
          {() => (
            <Timeline
              licences={pages.items}
              holdbacks={licensor.holdbacks}
              names={{ licensor: () => undefined, title: (id) => titles.get(id) }}
            />
          )}
        </Shown>
      </Section>
      <Section
        title={room('tab.licences')}
        aside={
          <a href={`${at('licences')}?licensor=${licensor.id}&endsWithin=90`}>{room('licensor.endings')}</a>
        }
      >
        <Shown of={first}>
          {() =>
            pages.items.length === 0 ? (
              <p class="faint">{room('licensor.unused')}</p>
            ) : (
              <LicenceTable label={room('tab.licences')} rows={pages.items} further={pages} />
            )
          }
        </Shown>
      </Section>
    </>
  );
}

function Facts({ licensor, loaded }: { licensor: LicensorDetail; loaded: Loaded<LicensorDetail> }) {
  const room = useRoom();
  const say = useSay();
  const { t } = useDesk();
  const confirm = useConfirm();
  const draft = useDraft(`engawa.draft.${licensor.id}`, {
    '/name': licensor.name,
    '/notes': licensor.notes ?? '',
  });
  const save = useSave(
    () =>
      calls.change(licensor.id, {
        name: draft.draft['/name'] ?? '',
        notes: draft.draft['/notes']?.trim() || null,
      }),
    () => {
      draft.clear();
      void loaded.refresh();
    },
  );
  const removal = useSave(
    () => calls.remove(licensor.id),
    () => go(at('licensors')),
  );
  const remove = async () => {
    const confirmed = await confirm({
      title: room('licensor.removeTitle', { name: licensor.name }),
      text: room('licensor.removeText'),
      yes: room('licensor.remove'),
    });
    if (confirmed) await removal.submit();
  };
  const problem = save.failure?.problem;
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble failure={save.failure} fields={['/name', '/notes']} />
      <Field
        label={say('licences.licensorName')}
        required
        maxLength={200}
        problem={problemAt(problem, '/name')}
        {...tie(draft)('/name')}
      />
      <FieldFrame
        label={room('licensor.notes')}
        hint={room('licensor.notesHint')}
        problem={problemAt(problem, '/notes')}
      >
        {(tied) => <textarea {...tied} rows={4} maxLength={5_000} {...tie(draft)('/notes')} />}
      </FieldFrame>
      <SaveBar changes={draft.changes} busy={save.busy} onRevert={draft.clear} />
      {removal.failure && <FailureNotice failure={removal.failure} />}
      <div class="form__do">
        <Button look="plain" disabled={removal.busy} onClick={() => void remove()}>
          {removal.busy ? t('desk.loading') : room('licensor.remove')}
        </Button>
      </div>
    </form>
  );
}

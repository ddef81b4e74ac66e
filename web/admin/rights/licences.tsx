import { useState } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import type { Licence, Licensor } from '../../../schema/api/rights.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { FailureNotice, Heard, Section, Shown, State, type Tone } from '../parts.tsx';
import { at } from '../places.ts';
import { useRightsChanged } from './changes.ts';
import { licences as calls, licensors as licensorCalls, plans as planCalls } from './calls.ts';
import { LicenceForm } from './licence-form.tsx';
import { scopeOf, standing, whereOf, windowOf } from './territories.ts';
import { useRevoke } from './use-revoke.ts';
import { useSay, type Say } from './words.ts';

const tones: Record<ReturnType<typeof standing>, Tone> = { active: 'good', coming: 'warning', over: 'quiet' };

/** Which episodes may be watched where, when, how and by whom: what is in force, and what was. */
export function Licences({ title }: { title: AdminTitle }) {
  const { t } = useDesk();
  const say = useSay();
  const [said, setSaid] = useState('');
  const [amends, setAmends] = useState<Licence | null>(null);
  const list = useFresh(`licences ${title.id}`, () => calls.list(title.id));
  const licensors = useFresh('licensors', licensorCalls.list);
  const plans = useFresh('plans', planCalls.list);
  const changed = useRightsChanged();
  const form = { titleId: title.id, licensors, plans: plans.value?.items ?? [] };
  const saved = (text: string) => {
    setSaid(text);
    setAmends(null);
    void list.refresh();
    changed();
  };
  return (
    <Section title={t('title.licences')}>
      <Heard text={said} />
      <Shown of={list}>
        {({ items }) => {
          const inForce = items.filter(({ endedAt }) => endedAt === null);
          const past = items.filter(({ endedAt }) => endedAt !== null);
          const rows = (some: Licence[]) => (
            <ul class="licences">
              {some.map((licence) => (
                <Row
                  key={licence.id}
                  licence={licence}
                  title={title}
                  licensors={licensors.value?.items ?? []}
                  onAmend={() => setAmends(licence)}
                  onRevoked={() => saved(say('licences.revoked'))}
                />
              ))}
            </ul>
          );
          return (
            <>
              {inForce.length === 0 ? <p class="warn">{say('licences.none')}</p> : rows(inForce)}
              {past.length > 0 && (
                <details class="more">
                  <summary>{say('licences.past')}</summary>
                  {rows(past)}
                </details>
              )}
              {amends ? (
                <Amendment
                  key={amends.id}
                  {...form}
                  amends={amends}
                  onSaved={() => saved(say('licences.amended'))}
                  onCancel={() => setAmends(null)}
                />
              ) : (
                <details class="more" open={inForce.length === 0}>
                  <summary>{say('licences.add')}</summary>
                  <LicenceForm {...form} onSaved={() => saved(say('licences.added'))} />
                </details>
              )}
            </>
          );
        }}
      </Shown>
    </Section>
  );
}

function Amendment(props: Parameters<typeof LicenceForm>[0] & { amends: Licence }) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <>
      <p>{say('licences.amending', { where: whereOf(say, format, props.amends.territories) })}</p>
      <LicenceForm {...props} />
    </>
  );
}

function Row({
  licence,
  title,
  licensors,
  onAmend,
  onRevoked,
}: {
  licence: Licence;
  title: AdminTitle;
  licensors: readonly Licensor[];
  onAmend: () => void;
  onRevoked: () => void;
}) {
  const { format } = useDesk();
  const say = useSay();
  const { revoke, busy, failure } = useRevoke(licence, title.names.main, onRevoked);
  const where = whereOf(say, format, licence.territories);
  const state = licence.endedAt === null ? standing(licence, Date.now()) : 'over';
  const licensor = licensors.find(({ id }) => id === licence.licensorId)?.name;
  return (
    <li class="licence" id={licence.id}>
      <div>
        <p class="licence__where">
          <a href={at('licence', { id: licence.id })}>
            <strong>{where}</strong>
          </a>{' '}
          <State tone={tones[state]}>{say(`licences.${state}`)}</State>
        </p>
        <p class="faint small">{termsOf(say, format, licence, licensor).join(' · ')}</p>
        {licence.endedAt !== null && (
          <p class="faint small">
            {say('licences.amendedBecause', {
              when: format.dateTime(licence.endedAt),
              because: licence.endedBecause ?? '',
            })}
          </p>
        )}
        {failure && <FailureNotice failure={failure} />}
      </div>
      {licence.endedAt === null && (
        <div class="heading__do">
          <Button small look="plain" onClick={onAmend}>
            {say('licences.amend')}
            <span class="only-heard">: {where}</span>
          </Button>
          <Button small look="plain" disabled={busy} onClick={() => void revoke()}>
            {say('licences.revoke')}
            <span class="only-heard">: {where}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

/** All a licence says but where, in words. */
export function termsOf(
  say: Say,
  format: ReturnType<typeof useDesk>['format'],
  licence: Licence,
  licensor: string | undefined,
): string[] {
  const languages = (codes: readonly string[]) => format.list(codes.map(format.language));
  return [
    scopeOf(say, licence),
    windowOf(say, format, licence),
    format.list(licence.models.map((model) => say(`model.${model}`))),
    licence.maxHeight !== null && say('licences.upTo', { height: String(licence.maxHeight) }),
    licence.audioLanguages && `${say('licences.audio')}: ${languages(licence.audioLanguages)}`,
    licence.subtitleLanguages && `${say('licences.subtitles')}: ${languages(licence.subtitleLanguages)}`,
    ...licence.earlyAccess.map(({ plan, ms }) =>
      say('licences.earlyFor', { plan, hours: Math.round(ms / 36_000) / 100 }),
    ),
    licence.downloads && say('licences.downloads'),
    licensor,
  ].filter((term): term is string => Boolean(term));
}

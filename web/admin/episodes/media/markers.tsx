import { useState } from 'preact/hooks';
import type { EpisodeMedia } from '../../../../schema/api/media.ts';
import type { Id } from '../../../../schema/ids.ts';
import { markerKinds, type Marker } from '../../../../schema/media-facts.ts';
import { Button } from '../../../ui/button.tsx';
import { media as calls } from '../../calls.ts';
import { useDesk } from '../../desk.ts';
import type { Failure } from '../../fresh-hook.ts';
import { FailureNotice, Section } from '../../parts.tsx';
import { clock, fromClock } from './clock.ts';

type Line = { kind: Marker['kind']; start: string; end: string };
const lineOf = ({ kind, start, end }: Marker): Line => ({ kind, start: clock(start), end: clock(end) });

/** Where players offer to skip: as found, or as an editor says. And where pictures flash. */
export function Markers({
  episodeId,
  media,
  onSaved,
}: {
  episodeId: Id<'episode'>;
  media: EpisodeMedia;
  onSaved: () => Promise<void>;
}) {
  const { t, format } = useDesk();
  const [draft, setDraft] = useState<Line[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lines = draft ?? media.markers.map(lineOf);
  const edited = media.markers.some(({ source }) => source === 'editor');
  const change = (index: number, field: Partial<Line>) =>
    setDraft(lines.map((line, i) => (i === index ? { ...line, ...field } : line)));
  const times = lines.map(({ kind, start, end }) => ({ kind, start: fromClock(start), end: fromClock(end) }));
  const wrong = times.some(({ start, end }) => start === null || end === null || end <= start);
  const send = async (markers: { kind: Marker['kind']; start: number; end: number }[] | null) => {
    const answer = await calls.putMarkers(episodeId, { markers });
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    setDraft(null);
    await onSaved();
  };
  return (
    <Section title={t('markers.title')}>
      <p class="faint">
        {t(edited ? 'markers.edited' : media.markers.length > 0 ? 'markers.found' : 'markers.none')}
      </p>
      <ul class="markers">
        {lines.map((line, index) => (
          <li key={index} class="field">
            <select
              aria-label={t('markers.kind')}
              value={line.kind}
              onChange={({ currentTarget: { value } }) =>
                change(index, { kind: markerKinds.find((k) => k === value) ?? 'opening' })
              }
            >
              {markerKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`marker.${kind}`)}
                </option>
              ))}
            </select>
            {(['start', 'end'] as const).map((side) => (
              <input
                key={side}
                class="markers__time"
                aria-label={t(`markers.${side}`)}
                inputMode="decimal"
                value={line[side]}
                aria-invalid={fromClock(line[side]) === null}
                onInput={({ currentTarget: { value } }) => change(index, { [side]: value })}
              />
            ))}
            {!draft && media.markers[index]?.first && <span class="tag">{t('markers.first')}</span>}
            <Button small look="plain" onClick={() => setDraft(lines.filter((_, i) => i !== index))}>
              {t('track.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {failure && <FailureNotice failure={failure} />}
      <div class="panel__do">
        <Button
          small
          look="outline"
          onClick={() => setDraft([...lines, { kind: 'opening', start: '0:00.0', end: '1:30.0' }])}
        >
          {t('markers.add')}
        </Button>
        {draft && (
          <>
            <Button
              small
              look="primary"
              disabled={wrong}
              onClick={() =>
                void send(times.map(({ kind, start, end }) => ({ kind, start: start ?? 0, end: end ?? 0 })))
              }
            >
              {t('desk.save')}
            </Button>
            <Button small look="outline" onClick={() => setDraft(null)}>
              {t('desk.revert')}
            </Button>
          </>
        )}
        {edited && !draft && (
          <Button small look="outline" onClick={() => void send(null)}>
            {t('markers.back')}
          </Button>
        )}
      </div>
      {media.flashes.length > 0 && (
        <p>
          {t('markers.flashes', {
            times: format.list(media.flashes.map(({ start, end }) => `${clock(start)}–${clock(end)}`)),
          })}
        </p>
      )}
    </Section>
  );
}

import { useRef, useState } from 'preact/hooks';
import type { CalendarAddress } from '../../../schema/api/library.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useHere } from '../../visit.ts';
import { useListWords } from '../list/words.ts';

/**
 * The private address of one's calendar: to copy, and to replace where somebody has it who should not.
 * An island: `<Island name="own-calendar" part={OwnCalendar} data={{ path }} />`, for people who are signed in.
 */
export default function OwnCalendar({ data }: { data: { path: string } }) {
  const l = useListWords();
  const { visit } = useHere();
  const [path, setPath] = useState(data.path);
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const part = useRef<HTMLElement>(null);
  const renewing = useRef<HTMLDetailsElement>(null);
  // The program does not say which language its owner reads.
  const address = `${visit.origin}${path}?lang=${visit.language}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setTold(l('calendar.copied'));
    } catch {
      part.current?.querySelector('input')?.select(); // not allowed, or not over HTTPS
      setTold(l('calendar.selected'));
    }
  };
  const renew = async () => {
    setBusy(true);
    const answer = await api.post<CalendarAddress>('/api/me/calendar', {});
    setBusy(false);
    if (!answer.ok) return setTold(`${l('list.failed')} ${l('list.failedText')}`);
    setPath(answer.value.path);
    setTold(l('calendar.renewed'));
    // The button that was pressed is folded away: the focus stays where it was unfolded.
    renewing.current?.querySelector('summary')?.focus();
    renewing.current?.removeAttribute('open');
  };
  return (
    <section class="own-calendar" aria-labelledby="own-calendar" ref={part}>
      <h3 id="own-calendar">{l('calendar.own')}</h3>
      <p>{l('calendar.ownText')}</p>
      <div class="own-calendar__address">
        <Field label={l('calendar.address')} type="url" readOnly value={address} />
        <Button look="outline" onClick={() => void copy()}>
          {l('calendar.copy')}
        </Button>
      </div>
      <details ref={renewing}>
        <summary>{l('calendar.renew')}</summary>
        <p>{l('calendar.renewText')}</p>
        <Button look="outline" small disabled={busy} onClick={() => void renew()}>
          {l('calendar.renewDo')}
        </Button>
      </details>
      <output>{told}</output>
    </section>
  );
}

import { useRef, useState } from 'preact/hooks';
import type { CalendarAddress } from '../../../schema/api/library.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useHere } from '../../visit.ts';

/**
 * The private address of one's calendar: to copy, and to replace where somebody has it who should not.
 * An island: `<Island name="own-calendar" part={OwnCalendar} data={{ path }} />`, for people who are signed in.
 */
export default function OwnCalendar({ data }: { data: { path: string } }) {
  const { visit, words } = useHere();
  const c = words('calendar');
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
      setTold(c('copied'));
    } catch {
      part.current?.querySelector('input')?.select(); // not allowed, or not over HTTPS
      setTold(c('selected'));
    }
  };
  const renew = async () => {
    setBusy(true);
    const answer = await api.post<CalendarAddress>('/api/me/calendar', {});
    setBusy(false);
    if (!answer.ok) return setTold(c('failed'));
    setPath(answer.value.path);
    setTold(c('renewed'));
    // The button that was pressed is folded away: the focus stays where it was unfolded.
    renewing.current?.querySelector('summary')?.focus();
    renewing.current?.removeAttribute('open');
  };
  return (
    <section class="own-calendar" aria-labelledby="own-calendar" ref={part}>
      <h3 id="own-calendar">{c('own')}</h3>
      <p>{c('ownText')}</p>
      <div class="own-calendar__address">
        <Field label={c('address')} type="url" readOnly value={address} />
        <Button look="outline" onClick={() => void copy()}>
          {c('copy')}
        </Button>
      </div>
      <details ref={renewing}>
        <summary>{c('renew')}</summary>
        <p>{c('renewText')}</p>
        <Button look="outline" small disabled={busy} onClick={() => void renew()}>
          {c('renewDo')}
        </Button>
      </details>
      <output>{told}</output>
    </section>
  );
}

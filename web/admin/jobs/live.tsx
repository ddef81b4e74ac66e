import { useEffect, useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import { State } from '../parts.tsx';
import { useSay } from './words.ts';

/** How long a line may be away before somebody is told, ms: it is not there at once when a page opens. */
const PATIENCE_MS = 2_500;

/** Whether what is shown changes by itself, in words. */
export function Live() {
  const { news } = useDesk();
  const say = useSay();
  const [connected, setConnected] = useState(news.connected());
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    setConnected(news.connected()); // it may have changed since the page was drawn
    return news.line(setConnected);
  }, []);
  useEffect(() => {
    setPatient(true);
    if (connected) return undefined;
    const timer = setTimeout(() => setPatient(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connected]);
  const on = connected || patient;
  return (
    <output class="live" title={say(on ? 'live.onHint' : 'live.offHint')}>
      <State tone={connected ? 'good' : on ? 'quiet' : 'warning'}>{say(on ? 'live.on' : 'live.off')}</State>
    </output>
  );
}

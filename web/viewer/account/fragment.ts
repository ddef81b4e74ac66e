import { useEffect, useState } from 'preact/hooks';

/**
 * What a mailed link carries behind its `#`, which no server ever sees; taken out of the address bar at once, so that it stays in no
 * history. Empty until the page is in a browser.
 */
export function useFragment(): Readonly<Record<string, string>> {
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    if (!location.hash.includes('=')) return;
    setGiven(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
    history.replaceState(history.state, '', location.pathname + location.search);
  }, []);
  return given;
}

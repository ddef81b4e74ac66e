/**
 * Macros of VAST 4.3 §6 in addresses of tags and pixels. We tell what was shown, not to whom: what is about the person or the device says
 * that tracking is limited, and everything else is -1, "not available", as the specification wants it.
 */
export function withMacros(
  address: string,
  now: number,
  cacheBuster: number,
  { errorCode, break: at }: { errorCode?: number; break?: { seconds: number } } = {},
): string {
  const values: Partial<Record<string, string>> = {
    TIMESTAMP: new Date(now).toISOString(),
    CACHEBUSTING: String(cacheBuster % 100_000_000).padStart(8, '0'),
    ...(errorCode === undefined ? {} : { ERRORCODE: String(errorCode) }),
    ...(at ? { MEDIAPLAYHEAD: clock(at.seconds), BREAKPOSITION: at.seconds === 0 ? '1' : '2' } : {}),
    LIMITADTRACKING: '1',
    /** The pixel comes from a server on behalf of a player. */
    SERVERSIDE: '1',
    MEDIAMIME: 'application/vnd.apple.mpegurl',
    VASTVERSIONS: '2,3,5,6,7,8,11,12,13,14',
  };
  return address.replaceAll(/\[([A-Z]{3,30})\]|%%([A-Z]{3,30})%%/g, (_, plain?: string, old?: string) =>
    encodeURIComponent(values[plain ?? old ?? ''] ?? '-1'),
  );
}

/** `hh:mm:ss.mmm`. */
const clock = (seconds: number) => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);

/*
 * What a User-Agent says, in words for the list of devices. Only the names: versions are frozen or made up in most browsers now
 * (User-Agent reduction), and nobody knows their device by them.
 */

/** The first that matches: browsers name those they descend from, so the youngest come first. */
const browsers: [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOPiOS\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/^mpv\b|\blibmpv\b/, 'mpv'],
  [/^VLC\/|\bLibVLC\b/, 'VLC'],
  [/^curl\//, 'curl'],
];
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWeb0S\b|\bwebOS\b/, 'webOS'],
  [/\bTizen\b/, 'Tizen'],
  [/\bPlayStation\b/, 'PlayStation'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Null where it names none that we know. */
export function deviceOf(userAgent: string | null): { browser: string | null; os: string | null } {
  const first = (known: [RegExp, string][]) =>
    known.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null;
  return { browser: first(browsers), os: first(systems) };
}

/** In a few words of English, where there is one line for it: `Firefox on Windows`. */
export function deviceName(userAgent: string | null): string {
  const { browser, os } = deviceOf(userAgent);
  if (browser && os) return `${browser} on ${os}`;
  return browser ?? os ?? 'An unknown device';
}

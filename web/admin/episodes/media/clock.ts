/** Seconds as people read a film's clock: `1:32.5`, `1:02:03.0`. */
export function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const [whole, tenth] = [Math.floor(tenths / 10), tenths % 10];
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  const front = hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${front}:${two(rest)}.${tenth}`;
}

/** The other way: seconds of `92.5`, `1:32.5`, `1:02:03`; null for what is no time. */
export function fromClock(text: string): number | null {
  const parts = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!parts) return null;
  const [, hours = '0', minutes = '0', rest = '0'] = parts;
  const seconds = Number(rest.replace(',', '.'));
  if (parts[2] !== undefined && seconds >= 60) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + seconds;
}

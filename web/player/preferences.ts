/** What this device remembers of how its viewer watches. What is heard and read goes with the profile (docs/adr/0058). */
export type Preferences = {
  /** Openings, endings and recaps are skipped by themselves. */
  skip: boolean;
  /** The next episode begins by itself. */
  next: boolean;
  /** Sound in more channels than two, where there is any: a matter of the room, not of the person. */
  surround: boolean;
};

const KEY = 'engawa:player';
const usual: Preferences = { skip: false, next: true, surround: false };

export function preferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const flag = (name: keyof Preferences) => {
      const value: unknown = kept && typeof kept === 'object' ? Reflect.get(kept, name) : undefined;
      return typeof value === 'boolean' ? value : usual[name];
    };
    return { skip: flag('skip'), next: flag('next'), surround: flag('surround') };
  } catch {
    return usual; // storage is forbidden, or what is in it is not ours
  }
}

export function prefer(change: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...preferences(), ...change }));
  } catch {
    // A browser that keeps nothing: it holds as long as the page does not ask again.
  }
}

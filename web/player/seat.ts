const NAME = 'engawa-seat';

/** The name of this tab, for as long as it is open: what plays here ends what played here before. None where nothing may be kept. */
export function seat(): { seat?: string } {
  try {
    const name = sessionStorage.getItem(NAME) ?? crypto.randomUUID();
    sessionStorage.setItem(NAME, name);
    return { seat: name };
  } catch {
    return {};
  }
}

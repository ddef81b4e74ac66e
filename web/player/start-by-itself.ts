/** A refusal comes at once; whoever may play waits for a source. */
const PATIENCE_MS = 100;

/**
 * Whether a page that is looked at may begin to play, with sound, without being asked: browsers tell by refusing (HTML, `play()`), and
 * do so before there is anything to play. So a page that may not takes no stream's place and none of the player's code.
 */
export async function playsByItself(signal: AbortSignal): Promise<boolean> {
  await seen(signal);
  const probe = document.createElement('video');
  const refused = probe.play().then(
    () => false,
    (error: unknown) => error instanceof DOMException && error.name === 'NotAllowedError',
  );
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  const answer = await Promise.race([refused, late]);
  probe.load(); // whatever it waits for, it need not any more
  return !answer;
}

/** Tabs opened in the background, and pages that a browser fetched in advance, wait until somebody looks at them. */
async function seen(signal: AbortSignal): Promise<void> {
  while (document.visibilityState === 'hidden' && !signal.aborted)
    await new Promise((resolve) =>
      document.addEventListener('visibilitychange', resolve, { once: true, signal }),
    );
}

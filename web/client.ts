import './site.css';
import { behave } from './behaviours/behave.ts';

// What every page loads: pages are HTML, and these few lines make them handier. What needs more comes for itself (ADR 0060).
behave(document);
const wake = document.querySelector('#wake');
if (wake) {
  const { wakeUp } = await import('./wake.tsx');
  await wakeUp(JSON.parse(wake.textContent));
}
document.documentElement.dataset['ready'] = ''; // journeys in a browser wait for it

import './site.css';
import { behave } from './behaviours/behave.ts';
import type { Wake } from './server.tsx';

// What every page loads: pages are HTML, and these few lines make them handier. What needs more comes for itself (ADR 0060).
behave(document);
const sent = document.querySelector('#wake')?.textContent;
const wake = sent ? (JSON.parse(sent) as Wake) : null;
if (wake?.page) await (await import('./wake-page.tsx')).wakePage(wake);
else if (wake) await (await import('./wake.tsx')).wakeIslands(wake);
document.documentElement.dataset['ready'] = ''; // journeys in a browser wait for it

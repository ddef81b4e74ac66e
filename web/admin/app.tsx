import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/ui.css';
import './desk.css';
import './rights/rights.css';
import './overview/overview.css';
import './books/books.css';
import './commands/commands.css';
import './titles/catalog.css';
import './jobs/jobs.css';
import './audit/audit.css';
import './people/people.css';
import './ads/ads.css';
import './uploads/uploads.css';
import { render } from 'preact';
import type { Visit } from '../visit.ts';
import { uploads as calls } from './calls.ts';
import { speak } from './desk.ts';
import { formats } from './format.ts';
import { feedSocket, jobNews } from './job-news.ts';
import { DeskApp } from './desk-app.tsx';
import { waitOnline } from './uploader/backoff.ts';
import { hashing } from './uploader/hashing.ts';
import { putPart } from './uploader/put-part.ts';
import { isBusy, uploadQueue } from './uploader/queue.ts';

const { visit } = JSON.parse(document.querySelector('#wake')!.textContent) as { visit: Visit };

const uploads = uploadQueue({
  api: calls,
  put: putPart,
  wait: waitOnline,
  hashing: hashing(
    () => new Worker(new URL('./uploader/hash-worker.ts', import.meta.url), { type: 'module' }),
  ),
  now: Date.now,
  giveUp: calls.giveUp,
});
// Only while there is something to lose: a page with this listener is not kept for the back button.
const warn = (event: BeforeUnloadEvent) => event.preventDefault();
uploads.subscribe(() => {
  if (isBusy(uploads.items())) addEventListener('beforeunload', warn);
  else removeEventListener('beforeunload', warn);
});

addEventListener('online', () => uploads.online());

const desk = {
  visit,
  t: await speak(visit.language),
  format: formats(visit.language),
  uploads,
  news: jobNews(feedSocket),
};
render(<DeskApp desk={desk} />, document.querySelector('#app')!);
document.documentElement.dataset['ready'] = ''; // journeys in a browser wait for it

import app from './app.ts';
import { pages } from './pages/routes.tsx';

// After the API: an address that is neither is a page about there being nothing.
const site = app.route('/', pages);

export default {
  fetch: site.fetch,
} satisfies ExportedHandler<Env>;

import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/ui.css';
import { render } from 'preact';
import type { Visit } from '../visit.ts';

const { visit } = JSON.parse(document.querySelector('#island')!.textContent) as { visit: Visit };
render(<h1>{visit.me?.name}</h1>, document.querySelector('#app')!);

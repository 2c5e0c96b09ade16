/** Starts the dashboard. */
import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { Application } from './app/application';
import { connectApi } from './lib/api-client';
import { session } from './lib/browser-session';
import { numberFormat } from './lib/formats';
import { dashboardTheme } from './theme/theme';

connectApi(session);

function show(): void {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<Application />);
}

// What is made once and takes long, is made on its own: nothing holds the browser up for long.
for (const step of [dashboardTheme, () => numberFormat(navigator.language), show]) {
  await new Promise((resolve) => setTimeout(resolve));
  step();
}

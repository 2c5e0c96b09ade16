/** Starts the dashboard. */
import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { Application } from './app/application';
import { connectApi } from './lib/api-client';
import { session } from './lib/browser-session';

connectApi(session);

const root = document.getElementById('root');
if (root) createRoot(root).render(<Application />);

/** Renders the dashboard at an address, signed in, over the API a test describes. */
import { QueryClient } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { account, metric } from './factories/answers';
import { answer } from './server';
import { Pages } from '@/app/pages';
import { Providers } from '@/app/providers';
import type { Account } from '@/lib/api';
import { connectApi } from '@/lib/api-client';

connectApi({ token: () => Promise.resolve('a token'), reject: () => undefined });

export function renderPage(path: string, who: Account = account()) {
  answer('get', '/account', who);
  answer('get', '/reports/metrics', { metrics: [metric('net_payments'), metric('days_in_ar')] });
  window.history.replaceState(null, '', `/staff/reports${path}`);
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return {
    user: userEvent.setup(),
    ...render(
      <Providers queryClient={queryClient} locale="en-US">
        <Pages onSignOut={() => undefined} />
      </Providers>,
    ),
  };
}

export function address(): string {
  return decodeURIComponent(window.location.pathname + window.location.search);
}

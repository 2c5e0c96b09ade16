/** The whole: providers, the gate of the session, and behind it the pages, loaded after signing in. */
import { lazy } from 'react';
import { LiveUpdates } from './live-updates';
import { Providers } from './providers';
import { SessionGate } from '@/features/session/components/session-gate';
import { live } from '@/lib/browser-live';
import { session } from '@/lib/browser-session';
import { createQueryClient } from '@/lib/query-client';

const queryClient = createQueryClient();
const Pages = lazy(async () => ({ default: (await import('./pages')).Pages }));

export function Application() {
  return (
    <Providers queryClient={queryClient}>
      <SessionGate session={session}>
        <LiveUpdates live={live}>
          <Pages onSignOut={() => void session.signOut()} />
        </LiveUpdates>
      </SessionGate>
    </Providers>
  );
}

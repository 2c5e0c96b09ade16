/** Lets the application in once somebody is signed in, and asks again when the session ends. */
import { Box, CircularProgress } from '@mui/material';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useIntl } from 'react-intl';
import { SignInAgain } from './sign-in-again';
import { SignInPage } from './sign-in-page';
import { useSessionStatus } from './use-session';
import type { Session } from '@/lib/session';

export function SessionGate({ session, children }: { session: Session; children: ReactNode }) {
  const status = useSessionStatus(session);
  useEffect(() => void session.restore(), [session]);
  if (status === 'restoring') return <Waiting />;
  if (status === 'signed-out') return <SignInPage session={session} />;
  return (
    <Suspense fallback={<Waiting />}>
      {children}
      <SignInAgain session={session} open={status === 'expired'} />
    </Suspense>
  );
}

export function Waiting() {
  const intl = useIntl();
  return (
    <Box component="main" sx={{ minHeight: '60dvh', display: 'grid', placeItems: 'center' }}>
      <CircularProgress
        size={28}
        aria-label={intl.formatMessage({ id: 'waiting', defaultMessage: 'Loading' })}
      />
    </Box>
  );
}

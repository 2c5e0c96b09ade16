/** Everything behind the sign-in: the account is read first, because it decides what is offered. */
import { Box, Button, Stack } from '@mui/material';
import { RouterProvider } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { FormattedMessage } from 'react-intl';
import { createAppRouter } from './router';
import { ShellActions } from './shell-actions';
import { ErrorPanel } from '@/components/error-panel';
import { useAccountQuery } from '@/features/session/api/get-account';
import { Waiting } from '@/features/session/components/session-gate';
import { AccountProvider } from '@/lib/account';

export function Pages({ onSignOut }: { onSignOut: () => void }) {
  const account = useAccountQuery();
  const known = useDeferredValue(account.data);
  const router = useMemo(() => createAppRouter(), []);
  if (!known) {
    if (account.data || !account.error) return <Waiting />;
    return (
      <Box component="main" sx={{ p: 4, maxWidth: 640, mx: 'auto' }}>
        <Stack spacing={2} sx={{ alignItems: 'flex-start' }}>
          <ErrorPanel error={account.error} onRetry={() => void account.refetch()} />
          {/* Somebody an issuer let in may have no role here, and wants to sign in as another. */}
          <Button onClick={onSignOut}>
            <FormattedMessage id="sign-out" defaultMessage="Sign out" />
          </Button>
        </Stack>
      </Box>
    );
  }
  return (
    <AccountProvider value={known}>
      <ShellActions value={{ signOut: onSignOut }}>
        <RouterProvider router={router} />
      </ShellActions>
    </AccountProvider>
  );
}

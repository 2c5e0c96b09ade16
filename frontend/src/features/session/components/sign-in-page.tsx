/** The first page: who are you? */
import { Box, Paper, Typography } from '@mui/material';
import { useEffect } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { SignInWays } from './sign-in-ways';
import { Wordmark } from '@/components/wordmark';
import type { Session } from '@/lib/session';

export function SignInPage({ session }: { session: Session }) {
  const intl = useIntl();
  const title = intl.formatMessage({ id: 'sign-in.title', defaultMessage: 'Sign in' });
  useEffect(() => {
    document.title = `${title} · Careledger`;
  }, [title]);
  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', p: 2 }}>
      <Box sx={{ width: '100%', maxWidth: 400 }}>
        <Box sx={{ display: 'flex', justifyContent: 'center', mb: 3 }}>
          <Wordmark />
        </Box>
        <Paper variant="outlined" sx={{ p: { xs: 3, sm: 4 }, borderRadius: 3 }}>
          <Typography variant="h1" sx={{ mb: 0.5 }}>
            {title}
          </Typography>
          <Typography color="textSecondary" variant="body2" sx={{ mb: 3 }}>
            <FormattedMessage
              id="sign-in.subtitle"
              defaultMessage="Payment reports of your clinics."
            />
          </Typography>
          <SignInWays session={session} />
        </Paper>
        <Typography
          variant="caption"
          color="textSecondary"
          component="p"
          sx={{ mt: 3, textAlign: 'center' }}
        >
          <FormattedMessage
            id="sign-in.audit"
            defaultMessage="Every sign-in and every report viewed is recorded."
          />
        </Typography>
      </Box>
    </Box>
  );
}

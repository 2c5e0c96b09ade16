/** Asks to sign in again over the page as it is; what waited goes on by itself afterwards. */
import { Dialog, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import { SignInWays } from './sign-in-ways';
import type { Session } from '@/lib/session';

export function SignInAgain({ session, open }: { session: Session; open: boolean }) {
  return (
    <Dialog open={open} aria-labelledby="sign-in-again" maxWidth="xs" fullWidth>
      <DialogTitle id="sign-in-again">
        <FormattedMessage id="sign-in.again" defaultMessage="Please sign in again" />
      </DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 3 }}>
          {session.ways.issuer ? (
            <FormattedMessage
              id="sign-in.again.back"
              defaultMessage="Your session has ended. Signing in brings you back to this view."
            />
          ) : (
            <FormattedMessage
              id="sign-in.again.why"
              defaultMessage="Your session has ended. Nothing on this page is lost; it goes on where it was."
            />
          )}
        </DialogContentText>
        <SignInWays session={session} />
      </DialogContent>
    </Dialog>
  );
}

/** Every way to sign in that this installation offers: at its issuer, by password, or both. */
import { Alert, Button, Divider, Stack, Typography } from '@mui/material';
import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { SignInForm } from './sign-in-form';
import { Problem } from '@/lib/problem';
import type { Session, SignInWays as Ways } from '@/lib/session';

export function SignInWays({ session }: { session: Session }) {
  const { issuer, password } = session.ways;
  return (
    <Stack spacing={2.5}>
      {issuer && (
        <>
          <Refusal issuer={issuer.name} refusal={session.refusal} />
          <IssuerButton issuer={issuer} isOnly={!password} />
        </>
      )}
      {issuer && password && (
        <Divider>
          <Typography variant="caption" color="textSecondary">
            <FormattedMessage id="sign-in.or" defaultMessage="or" />
          </Typography>
        </Divider>
      )}
      {password && <SignInForm session={session} />}
    </Stack>
  );
}

interface IssuerButtonProps {
  issuer: NonNullable<Ways['issuer']>;
  isOnly: boolean;
}

function IssuerButton({ issuer, isOnly }: IssuerButtonProps) {
  const [isLeaving, setLeaving] = useState(false);
  const [isAway, setAway] = useState(false);
  const name = <bdi>{issuer.name}</bdi>;

  async function leave() {
    setLeaving(true);
    setAway(false);
    try {
      await issuer.begin();
    } catch {
      setAway(true);
      setLeaving(false);
    }
  }

  return (
    <>
      {isAway && (
        <Alert severity="warning">
          <FormattedMessage
            id="sign-in.issuer.away"
            defaultMessage="{name} cannot be reached right now."
            values={{ name }}
          />
        </Alert>
      )}
      <Button
        variant={isOnly ? 'contained' : 'outlined'}
        size="large"
        startIcon={<LogIn size={18} aria-hidden />}
        loading={isLeaving}
        onClick={() => void leave()}
      >
        {/* Loose words in a button would be laid out apart, and lose the space between them. */}
        <span>
          <FormattedMessage
            id="sign-in.issuer"
            defaultMessage="Sign in with {name}"
            values={{ name }}
          />
        </span>
      </Button>
    </>
  );
}

/** What the issuer said no to; that it does not know the browser any more is no news. */
function Refusal({ issuer, refusal }: { issuer: string; refusal: unknown }) {
  if (!(refusal instanceof Problem) || refusal.code === undefined) return null;
  if (['invalid_grant', 'invalid_request'].includes(refusal.code)) return null;
  return (
    <Alert severity="error">
      <FormattedMessage
        id="sign-in.issuer.refused"
        defaultMessage="{name} did not let you in: {code}"
        values={{ name: <bdi>{issuer}</bdi>, code: <code>{refusal.code}</code> }}
      />
    </Alert>
  );
}

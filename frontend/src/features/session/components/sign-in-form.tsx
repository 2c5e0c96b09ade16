/** Name and password, sent once; what is wrong is said beside the field it is about. */
import { Alert, Button, Stack, TextField } from '@mui/material';
import { type SubmitEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { asProblem, type Problem } from '@/lib/problem';
import type { Session } from '@/lib/session';

export function SignInForm({ session }: { session: Session }) {
  const intl = useIntl();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      await session.signIn(text(form, 'username').trim(), text(form, 'password'));
    } catch (error) {
      setProblem(asProblem(error, undefined));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack component="form" spacing={2.5} onSubmit={(event) => void submit(event)}>
      {problem && <Alert severity={problem.isPassing ? 'warning' : 'error'}>{why(problem)}</Alert>}
      <TextField
        name="username"
        label={intl.formatMessage({ id: 'sign-in.name', defaultMessage: 'User name' })}
        autoComplete="username"
        // The page and the dialog exist for nothing but this form.
        // eslint-disable-next-line jsx-a11y-x/no-autofocus
        autoFocus
        size="medium"
        slotProps={{
          htmlInput: { required: true, autoCapitalize: 'none', spellCheck: false, maxLength: 128 },
        }}
      />
      <TextField
        name="password"
        type="password"
        label={intl.formatMessage({ id: 'sign-in.password', defaultMessage: 'Password' })}
        autoComplete="current-password"
        size="medium"
        slotProps={{ htmlInput: { required: true } }}
      />
      <Button type="submit" variant="contained" size="large" loading={isBusy}>
        <FormattedMessage id="sign-in.do" defaultMessage="Sign in" />
      </Button>
    </Stack>
  );
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function why(problem: Problem) {
  if (problem.status === 429) {
    return (
      <FormattedMessage
        id="sign-in.too-often"
        defaultMessage="Too many attempts. Wait a minute, then try again."
      />
    );
  }
  if (problem.isPassing) {
    return (
      <FormattedMessage
        id="sign-in.away"
        defaultMessage="Careledger cannot be reached right now. Your password was not checked."
      />
    );
  }
  return (
    <FormattedMessage
      id="sign-in.refused"
      defaultMessage="User name and password do not match an account. After five wrong passwords an account is locked for a while."
    />
  );
}

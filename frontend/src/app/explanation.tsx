/** Opens the entries behind any figure of the page in view; which one it is stands in the address. */
import { Button } from '@mui/material';
import { createLink, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { FormattedMessage } from 'react-intl';
import { useSearchChange } from './use-search-change';
import { ExplainProvider } from '@/components/explained';
import { ExplanationDrawer } from '@/features/explain/components/explanation-drawer';
import { outstandingSearch } from '@/features/outstanding/search';
import { type FigureQuestion, readQuestion, writeQuestion } from '@/lib/figures';

const LinkButton = createLink(Button);

export function Explanation({ children }: { children: ReactNode }) {
  const { explain } = useSearch({ from: '__root__' });
  const change = useSearchChange<{ explain?: string }>();
  const open = useCallback(
    (question: FigureQuestion | undefined) =>
      change({ explain: question && writeQuestion(question) }),
    [change],
  );
  const question = readQuestion(explain);
  return (
    <ExplainProvider value={open}>
      {children}
      <ExplanationDrawer
        question={question}
        onChange={open}
        actions={question?.bucket && <ListOfBucket question={question} />}
      />
    </ExplainProvider>
  );
}

function ListOfBucket({ question }: { question: FigureQuestion }) {
  const { bucket, currency, basis, payer_type } = question;
  return (
    <LinkButton
      to="/outstanding"
      search={outstandingSearch({ currency, bucket, basis, payer: payer_type })}
      variant="outlined"
      sx={{ alignSelf: 'flex-start' }}
    >
      <FormattedMessage id="explain.list" defaultMessage="Show these receivables in the list" />
    </LinkButton>
  );
}

/** An address nobody gave out. */
import { FormattedMessage, useIntl } from 'react-intl';
import { EmptyState } from '@/components/empty-state';
import { PageHeader } from '@/components/page-header';

export function NotFoundPage() {
  const intl = useIntl();
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: 'not-found', defaultMessage: 'There is no such page' })}
      />
      <EmptyState
        title={<FormattedMessage id="not-found.what" defaultMessage="The address leads nowhere" />}
      >
        <FormattedMessage
          id="not-found.why"
          defaultMessage="Choose one of the pages from the navigation."
        />
      </EmptyState>
    </>
  );
}

/** An address nobody gave out. */
import { FormattedMessage } from 'react-intl';
import { EmptyState } from '@/components/empty-state';

export function NotFoundPage() {
  return (
    <EmptyState title={<FormattedMessage id="not-found" defaultMessage="There is no such page" />}>
      <FormattedMessage
        id="not-found.why"
        defaultMessage="Choose one of the pages from the navigation."
      />
    </EmptyState>
  );
}

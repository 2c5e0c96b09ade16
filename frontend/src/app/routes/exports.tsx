/** The exports page. */
import { useIntl } from 'react-intl';
import { PageHeader } from '@/components/page-header';
import { ExportList } from '@/features/exports/components/export-list';

export function ExportsPage() {
  const intl = useIntl();
  return (
    <>
      <PageHeader title={intl.formatMessage({ id: 'page.exports', defaultMessage: 'Exports' })} />
      <ExportList />
    </>
  );
}

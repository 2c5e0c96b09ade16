/** The audit page, for auditors: what was done, by whom and how much, and that the log stands. */
import { getRouteApi } from '@tanstack/react-router';
import { useIntl } from 'react-intl';
import { useSearchChange } from '../use-search-change';
import { ClinicChoice } from '@/components/clinic-choice';
import { FilterBar } from '@/components/filter-bar';
import { PageHeader } from '@/components/page-header';
import { Panel } from '@/components/panel';
import { Toggle } from '@/components/toggle';
import { ActivityReport } from '@/features/audit/components/activity-report';
import { DaysFields, RecordFilters } from '@/features/audit/components/record-filters';
import { RecordList } from '@/features/audit/components/record-list';
import { Verification } from '@/features/audit/components/verification';
import {
  activityQuestion,
  type AuditSearch,
  recordsQuestion,
  type View,
} from '@/features/audit/search';

const route = getRouteApi('/audit');

export function AuditPage() {
  const intl = useIntl();
  const search = route.useSearch();
  const change = useSearchChange<AuditSearch>();
  const view = search.show ?? 'records';
  const titles: Record<View, string> = {
    records: intl.formatMessage({ id: 'audit.view.records', defaultMessage: 'Records' }),
    activity: intl.formatMessage({ id: 'audit.view.activity', defaultMessage: 'Activity' }),
    verification: intl.formatMessage({ id: 'audit.view.proof', defaultMessage: 'Verification' }),
  };
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: 'page.audit', defaultMessage: 'Audit' })}
        actions={
          <Toggle
            label={intl.formatMessage({ id: 'audit.view', defaultMessage: 'Show' })}
            value={view}
            options={(['records', 'activity', 'verification'] as const).map((value) => ({
              value,
              label: titles[value],
            }))}
            onChange={(show) => change({ show: show === 'records' ? undefined : show })}
          />
        }
      />
      <Panel title={titles[view]}>
        {view === 'records' && <Records search={search} onChange={change} />}
        {view === 'activity' && <WhoDidWhat search={search} onChange={change} />}
        {view === 'verification' && <Verification />}
      </Panel>
    </>
  );
}

interface PartProps {
  search: AuditSearch;
  onChange: (change: Partial<AuditSearch>) => void;
}

function Records({ search, onChange }: PartProps) {
  const question = recordsQuestion(search);
  return (
    <>
      <RecordFilters search={search} onChange={onChange} />
      <RecordList key={JSON.stringify(question)} question={question} />
    </>
  );
}

function WhoDidWhat({ search, onChange }: PartProps) {
  return (
    <>
      <FilterBar>
        <DaysFields search={search} onChange={onChange} />
        <ClinicChoice value={search.clinic} onChange={(clinic) => onChange({ clinic })} />
      </FilterBar>
      <ActivityReport question={activityQuestion(search)} />
    </>
  );
}

/** The patients page: find one, then see everything that was charged and paid. */
import { Button, Typography } from '@mui/material';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useDeferredValue } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useSearchChange } from '../use-search-change';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { PageHeader } from '@/components/page-header';
import { ReportSkeleton } from '@/components/report-skeleton';
import { ExportButton } from '@/features/exports/components/export-button';
import { AsOfField } from '@/features/freshness/components/as-of-field';
import { FreshnessBadge } from '@/features/freshness/components/freshness-badge';
import { TroubleBanner } from '@/features/freshness/components/trouble-banner';
import { usePaymentHistory } from '@/features/payment-history/api/get-payment-history';
import { PatientSearch } from '@/features/payment-history/components/patient-search';
import { PaymentTimeline } from '@/features/payment-history/components/payment-timeline';
import { historyQuestion, type PatientsSearch } from '@/features/payment-history/search';
import { timeZones, useAccount } from '@/lib/account';
import { todayIn } from '@/lib/dates';
import { asProblem } from '@/lib/problem';

const route = getRouteApi('/patients');

export function PatientsPage() {
  const intl = useIntl();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  if (search.patient) return <OnePatient key={search.patient} patient={search.patient} />;
  return (
    <>
      <PageHeader title={intl.formatMessage({ id: 'page.patients', defaultMessage: 'Patients' })} />
      <PatientSearch
        onChoose={(patient) => void navigate({ search: (before) => ({ ...before, patient }) })}
      />
    </>
  );
}

function OnePatient({ patient }: { patient: string }) {
  const intl = useIntl();
  const account = useAccount();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useSearchChange<PatientsSearch>();
  const today = todayIn(timeZones(account, search.clinic));
  const {
    data: latest,
    error,
    dataUpdatedAt,
    refetch,
  } = usePaymentHistory(patient, historyQuestion(search));
  const data = useDeferredValue(latest);
  return (
    <>
      <Button
        className="no-print"
        size="small"
        startIcon={<ArrowLeft size={16} aria-hidden />}
        onClick={() => void navigate({ search: { clinic: search.clinic, as_of: search.as_of } })}
        sx={{ mb: 1, ml: -0.5 }}
      >
        <FormattedMessage id="patients.back" defaultMessage="Find another patient" />
      </Button>
      <PageHeader
        title={intl.formatMessage(
          { id: 'patients.one', defaultMessage: 'Patient {patient}' },
          { patient },
        )}
        status={<FreshnessBadge meta={data?.meta} />}
        actions={
          <>
            <AsOfField value={search.as_of} today={today} onChange={(as_of) => change({ as_of })} />
            <ExportButton
              report="history"
              parameters={{ ...historyQuestion(search), patient_id: patient }}
            />
          </>
        }
      />
      <TroubleBanner
        meta={data?.meta}
        error={error}
        shownSince={dataUpdatedAt}
        asOf={search.as_of}
        onToday={() => change({ as_of: undefined })}
      />
      {data ? (
        <PaymentTimeline history={data} search={search} onChange={change} />
      ) : error ? (
        asProblem(error, undefined).status === 404 ? (
          <UnknownPatient />
        ) : (
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <ReportSkeleton />
      )}
    </>
  );
}

function UnknownPatient() {
  return (
    <EmptyState title={<FormattedMessage id="patients.unknown" defaultMessage="No such patient" />}>
      <Typography component="span">
        <FormattedMessage
          id="patients.unknown.why"
          defaultMessage="None of the clinics you may see knows this patient ID."
        />
      </Typography>
    </EmptyState>
  );
}

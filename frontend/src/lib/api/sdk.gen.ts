// Written by `npm run api` from the OpenAPI document; not by hand.

import { type Client, type ClientMeta, type Options as Options2, type RequestResult, type ServerSentEventsResult, type TDataShape, urlSearchParamsBodySerializer } from './client';
import { client } from './client.gen';
import type { CancelExportData, CancelExportErrors, CancelExportResponses, CancelRunData, CancelRunErrors, CancelRunResponses, CreateExportData, CreateExportErrors, CreateExportResponses, CreateTokenData, CreateTokenErrors, CreateTokenResponses, DismissQuarantinedData, DismissQuarantinedErrors, DismissQuarantinedResponses, DownloadExportData, DownloadExportErrors, DownloadExportResponses, ExplainFigureData, ExplainFigureErrors, ExplainFigureResponses, FindPatientData, FindPatientErrors, FindPatientResponses, FollowExportData, FollowExportErrors, FollowExportResponse, FollowExportResponses, FollowUpdatesData, FollowUpdatesErrors, FollowUpdatesResponse, FollowUpdatesResponses, GetAccountData, GetAccountErrors, GetAccountResponses, GetAuditActivityData, GetAuditActivityErrors, GetAuditActivityResponses, GetClinicData, GetClinicErrors, GetClinicResponses, GetExportData, GetExportErrors, GetExportResponses, GetIndicatorsData, GetIndicatorsErrors, GetIndicatorsResponses, GetLivenessData, GetLivenessErrors, GetLivenessResponses, GetPatientHistoryData, GetPatientHistoryErrors, GetPatientHistoryResponses, GetProblemTypeData, GetProblemTypeErrors, GetProblemTypeResponses, GetQuarantinedData, GetQuarantinedErrors, GetQuarantinedResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetReceivableData, GetReceivableErrors, GetReceivableResponses, GetRevenueData, GetRevenueErrors, GetRevenueResponses, GetRunData, GetRunErrors, GetRunResponses, GetSuppressedRevenueData, GetSuppressedRevenueErrors, GetSuppressedRevenueResponses, ListAuditRecordsData, ListAuditRecordsErrors, ListAuditRecordsResponses, ListClinicsData, ListClinicsErrors, ListClinicsResponses, ListExceptionsData, ListExceptionsErrors, ListExceptionsResponses, ListExportsData, ListExportsErrors, ListExportsResponses, ListMetricsData, ListMetricsErrors, ListMetricsResponses, ListOutstandingData, ListOutstandingErrors, ListOutstandingResponses, ListProvidersData, ListProvidersErrors, ListProvidersResponses, ListQuarantineData, ListQuarantineErrors, ListQuarantineResponses, ListRunsData, ListRunsErrors, ListRunsResponses, PutClinicData, PutClinicErrors, PutClinicResponses, ReplayQuarantinedData, ReplayQuarantinedErrors, ReplayQuarantinedResponses, RetryExportData, RetryExportErrors, RetryExportResponses, RevokeTokenData, RevokeTokenErrors, RevokeTokenResponses, SearchPatientsData, SearchPatientsErrors, SearchPatientsResponses, StartRunData, StartRunErrors, StartRunResponses, SummarizeOutstandingData, SummarizeOutstandingErrors, SummarizeOutstandingResponses, VerifyAuditLogData, VerifyAuditLogErrors, VerifyAuditLogResponses } from './types.gen';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

/**
 * Get a token
 *
 * Give a user a session by password, prolong one, or give a partner system a token.
 *
 * A refresh token is good for one use; its second use ends the session.
 */
export const createToken = <ThrowOnError extends boolean = false>(options: Options<CreateTokenData, ThrowOnError>): RequestResult<CreateTokenResponses, CreateTokenErrors, ThrowOnError> => (options.client ?? client).post<CreateTokenResponses, CreateTokenErrors, ThrowOnError>({
    ...urlSearchParamsBodySerializer,
    url: '/api/v1/auth/token',
    ...options,
    headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...options.headers
    }
});

/**
 * Sign out
 *
 * End the session of a refresh token; its access tokens end with it.
 */
export const revokeToken = <ThrowOnError extends boolean = false>(options: Options<RevokeTokenData, ThrowOnError>): RequestResult<RevokeTokenResponses, RevokeTokenErrors, ThrowOnError> => (options.client ?? client).post<RevokeTokenResponses, RevokeTokenErrors, ThrowOnError>({
    ...urlSearchParamsBodySerializer,
    url: '/api/v1/auth/revoke',
    ...options,
    headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...options.headers
    }
});

/**
 * Ways to sign in
 *
 * Tell a sign-in page what to offer.
 */
export const listProviders = <ThrowOnError extends boolean = false>(options?: Options<ListProvidersData, ThrowOnError>): RequestResult<ListProvidersResponses, ListProvidersErrors, ThrowOnError> => (options?.client ?? client).get<ListProvidersResponses, ListProvidersErrors, ThrowOnError>({ url: '/api/v1/auth/providers', ...options });

/**
 * The signed-in user
 *
 * Tell a user's screen what to offer; the API itself decides anew on every request.
 */
export const getAccount = <ThrowOnError extends boolean = false>(options?: Options<GetAccountData, ThrowOnError>): RequestResult<GetAccountResponses, GetAccountErrors, ThrowOnError> => (options?.client ?? client).get<GetAccountResponses, GetAccountErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/account',
    ...options
});

/**
 * Revenue by period
 *
 * Payments of each period on a cash basis; the charge side apart, one series per currency.
 *
 * "Revenue" is `net_payments`. Periods without payments are there as zeros; a series with too
 * many points is refused (400), never cut.
 */
export const getRevenue = <ThrowOnError extends boolean = false>(options?: Options<GetRevenueData, ThrowOnError>): RequestResult<GetRevenueResponses, GetRevenueErrors, ThrowOnError> => (options?.client ?? client).get<GetRevenueResponses, GetRevenueErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/revenue',
    ...options
});

/**
 * Revenue without small cells
 *
 * Revenue of whole periods; what 1 to 10 patients of a month make up is hidden (null).
 *
 * Wherever a figure of a breakdown is hidden, the next smallest is too. It is what partner systems
 * see unless their profile is `pseudonymized`. The answer is still protected health information.
 */
export const getSuppressedRevenue = <ThrowOnError extends boolean = false>(options?: Options<GetSuppressedRevenueData, ThrowOnError>): RequestResult<GetSuppressedRevenueResponses, GetSuppressedRevenueErrors, ThrowOnError> => (options?.client ?? client).get<GetSuppressedRevenueResponses, GetSuppressedRevenueErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/revenue/suppressed',
    ...options
});

/**
 * What changes, live
 *
 * Tell what changes in the caller's clinics while the token holds; no figures, no patients.
 *
 * The stream ends with the token, or soon after the account or its sign-in has ended.
 */
export const followUpdates = <ThrowOnError extends boolean = false>(options?: Options<FollowUpdatesData, ThrowOnError, FollowUpdatesResponse>): Promise<ServerSentEventsResult<FollowUpdatesResponses>> => (options?.client ?? client).sse.get<FollowUpdatesResponses, FollowUpdatesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/updates',
    ...options
});

/**
 * Indicators and their trend
 *
 * What a practice is steered by, per currency: of the whole range, and of each of its periods.
 *
 * Every ratio comes with its two amounts; a denominator that is not above zero gives null. The
 * roll-forward of the receivables closes, or there is no answer.
 */
export const getIndicators = <ThrowOnError extends boolean = false>(options?: Options<GetIndicatorsData, ThrowOnError>): RequestResult<GetIndicatorsResponses, GetIndicatorsErrors, ThrowOnError> => (options?.client ?? client).get<GetIndicatorsResponses, GetIndicatorsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/indicators',
    ...options
});

/**
 * What a figure is made of
 *
 * The ledger legs behind one figure, a page after another, without whose they are.
 *
 * `sum` is of all pages and equals the figure as its report serves it at the same watermark; if it
 * did not, there would be no answer. A page of a sum of receivables or credits holds all legs of
 * `limit` of them. Figures of receivables need the permission to read those, a patient's balance
 * that to read histories.
 */
export const explainFigure = <ThrowOnError extends boolean = false>(options: Options<ExplainFigureData, ThrowOnError>): RequestResult<ExplainFigureResponses, ExplainFigureErrors, ThrowOnError> => (options.client ?? client).get<ExplainFigureResponses, ExplainFigureErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/explain',
    ...options
});

/**
 * Find a patient by id
 *
 * Find one patient by the practice's own id: a list of one, or of none.
 */
export const findPatient = <ThrowOnError extends boolean = false>(options: Options<FindPatientData, ThrowOnError>): RequestResult<FindPatientResponses, FindPatientErrors, ThrowOnError> => (options.client ?? client).get<FindPatientResponses, FindPatientErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/patients',
    ...options
});

/**
 * Find patients by name
 *
 * Find the patients who have every name part asked for; the answer holds ids and no names.
 */
export const searchPatients = <ThrowOnError extends boolean = false>(options: Options<SearchPatientsData, ThrowOnError>): RequestResult<SearchPatientsResponses, SearchPatientsErrors, ThrowOnError> => (options.client ?? client).post<SearchPatientsResponses, SearchPatientsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/patients/search',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * A patient's history
 *
 * Every leg, attempt and fact of a patient in order, with balances and totals per currency.
 */
export const getPatientHistory = <ThrowOnError extends boolean = false>(options: Options<GetPatientHistoryData, ThrowOnError>): RequestResult<GetPatientHistoryResponses, GetPatientHistoryErrors, ThrowOnError> => (options.client ?? client).get<GetPatientHistoryResponses, GetPatientHistoryErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/patients/{patient_id}/history',
    ...options
});

/**
 * Outstanding receivables
 *
 * Receivables with their aging: open ones, or those of the statuses asked for.
 */
export const listOutstanding = <ThrowOnError extends boolean = false>(options?: Options<ListOutstandingData, ThrowOnError>): RequestResult<ListOutstandingResponses, ListOutstandingErrors, ThrowOnError> => (options?.client ?? client).get<ListOutstandingResponses, ListOutstandingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/outstanding',
    ...options
});

/**
 * Aging by bucket
 *
 * Outstanding per bucket and currency: the buckets sum up to the total, or there is no answer.
 *
 * Overpaid, unapplied credits and deficits stand apart and are never netted into it.
 */
export const summarizeOutstanding = <ThrowOnError extends boolean = false>(options?: Options<SummarizeOutstandingData, ThrowOnError>): RequestResult<SummarizeOutstandingResponses, SummarizeOutstandingErrors, ThrowOnError> => (options?.client ?? client).get<SummarizeOutstandingResponses, SummarizeOutstandingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/outstanding/summary',
    ...options
});

/**
 * Facts that do not fit together
 *
 * Orphans, deficits, mismatches and conflicts: kept, counted by the rules, and listed here.
 */
export const listExceptions = <ThrowOnError extends boolean = false>(options?: Options<ListExceptionsData, ThrowOnError>): RequestResult<ListExceptionsResponses, ListExceptionsErrors, ThrowOnError> => (options?.client ?? client).get<ListExceptionsResponses, ListExceptionsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/outstanding/exceptions',
    ...options
});

/**
 * One receivable in detail
 *
 * One receivable, open or closed, with its installments and everything that happened to it.
 */
export const getReceivable = <ThrowOnError extends boolean = false>(options: Options<GetReceivableData, ThrowOnError>): RequestResult<GetReceivableResponses, GetReceivableErrors, ThrowOnError> => (options.client ?? client).get<GetReceivableResponses, GetReceivableErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/outstanding/detail',
    ...options
});

/**
 * Metric definitions
 *
 * List the definitions; a change of a metric's meaning is a new version of it.
 */
export const listMetrics = <ThrowOnError extends boolean = false>(options?: Options<ListMetricsData, ThrowOnError>): RequestResult<ListMetricsResponses, ListMetricsErrors, ThrowOnError> => (options?.client ?? client).get<ListMetricsResponses, ListMetricsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/metrics',
    ...options
});

/**
 * An export's progress, live
 *
 * Tell how far an export of one's own is, until it has ended or the token has.
 *
 * Neither figures nor the link are in it: those are the export's own answer.
 */
export const followExport = <ThrowOnError extends boolean = false>(options: Options<FollowExportData, ThrowOnError, FollowExportResponse>): Promise<ServerSentEventsResult<FollowExportResponses>> => (options.client ?? client).sse.get<FollowExportResponses, FollowExportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/exports/{export_id}/events',
    ...options
});

/**
 * One's own exports
 *
 * List the exports of one's own, the latest first.
 */
export const listExports = <ThrowOnError extends boolean = false>(options?: Options<ListExportsData, ThrowOnError>): RequestResult<ListExportsResponses, ListExportsErrors, ThrowOnError> => (options?.client ?? client).get<ListExportsResponses, ListExportsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/exports',
    ...options
});

/**
 * Ask for a PDF
 *
 * Fix the figures of a report now, and let a worker write them down as PDF/UA.
 *
 * The same question at the same watermark is the same export; figures and digest equal those on
 * screen.
 */
export const createExport = <ThrowOnError extends boolean = false>(options: Options<CreateExportData, ThrowOnError>): RequestResult<CreateExportResponses, CreateExportErrors, ThrowOnError> => (options.client ?? client).post<CreateExportResponses, CreateExportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/exports',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Ask once more for a failed export
 *
 * Ask for a failed export again, with the same day, watermark and figures.
 */
export const retryExport = <ThrowOnError extends boolean = false>(options: Options<RetryExportData, ThrowOnError>): RequestResult<RetryExportResponses, RetryExportErrors, ThrowOnError> => (options.client ?? client).post<RetryExportResponses, RetryExportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/exports/{export_id}/retry',
    ...options
});

/**
 * Cancel an export
 *
 * Cancel an export of one's own; one that is ready stays.
 */
export const cancelExport = <ThrowOnError extends boolean = false>(options: Options<CancelExportData, ThrowOnError>): RequestResult<CancelExportResponses, CancelExportErrors, ThrowOnError> => (options.client ?? client).delete<CancelExportResponses, CancelExportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/exports/{export_id}',
    ...options
});

/**
 * An export's state and file
 *
 * Read the state of an export of one's own; once ready, with a fresh link.
 */
export const getExport = <ThrowOnError extends boolean = false>(options: Options<GetExportData, ThrowOnError>): RequestResult<GetExportResponses, GetExportErrors, ThrowOnError> => (options.client ?? client).get<GetExportResponses, GetExportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/exports/{export_id}',
    ...options
});

/**
 * Start a run
 *
 * Read the practice's database now; 409 names the run that is in the way.
 */
export const startRun = <ThrowOnError extends boolean = false>(options: Options<StartRunData, ThrowOnError>): RequestResult<StartRunResponses, StartRunErrors, ThrowOnError> => (options.client ?? client).post<StartRunResponses, StartRunErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/etl/run',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List runs
 *
 * List runs and imports, the latest first.
 */
export const listRuns = <ThrowOnError extends boolean = false>(options?: Options<ListRunsData, ThrowOnError>): RequestResult<ListRunsResponses, ListRunsErrors, ThrowOnError> => (options?.client ?? client).get<ListRunsResponses, ListRunsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/etl/runs',
    ...options
});

/**
 * Read a run
 *
 * Read the state of a run; while it runs, how far it is.
 */
export const getRun = <ThrowOnError extends boolean = false>(options: Options<GetRunData, ThrowOnError>): RequestResult<GetRunResponses, GetRunErrors, ThrowOnError> => (options.client ?? client).get<GetRunResponses, GetRunErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/etl/runs/{run_id}',
    ...options
});

/**
 * Stop a run
 *
 * Ask a run to stop after its chunk; the next one goes on where it stood.
 */
export const cancelRun = <ThrowOnError extends boolean = false>(options: Options<CancelRunData, ThrowOnError>): RequestResult<CancelRunResponses, CancelRunErrors, ThrowOnError> => (options.client ?? client).post<CancelRunResponses, CancelRunErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/etl/runs/{run_id}/cancel',
    ...options
});

/**
 * List refused records
 *
 * List refused records, the latest first; auditors see no patient ids.
 */
export const listQuarantine = <ThrowOnError extends boolean = false>(options?: Options<ListQuarantineData, ThrowOnError>): RequestResult<ListQuarantineResponses, ListQuarantineErrors, ThrowOnError> => (options?.client ?? client).get<ListQuarantineResponses, ListQuarantineErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/quarantine',
    ...options
});

/**
 * Look at a refused record
 *
 * Look at what is kept of a refused record.
 */
export const getQuarantined = <ThrowOnError extends boolean = false>(options: Options<GetQuarantinedData, ThrowOnError>): RequestResult<GetQuarantinedResponses, GetQuarantinedErrors, ThrowOnError> => (options.client ?? client).get<GetQuarantinedResponses, GetQuarantinedErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/quarantine/{quarantine_id}',
    ...options
});

/**
 * Replay a refused record
 *
 * Put fields right and judge the record again; what passes is published under its own id.
 */
export const replayQuarantined = <ThrowOnError extends boolean = false>(options: Options<ReplayQuarantinedData, ThrowOnError>): RequestResult<ReplayQuarantinedResponses, ReplayQuarantinedErrors, ThrowOnError> => (options.client ?? client).post<ReplayQuarantinedResponses, ReplayQuarantinedErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/quarantine/{quarantine_id}/replay',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Dismiss a record
 *
 * Say that a refused record needs nothing more, and why.
 */
export const dismissQuarantined = <ThrowOnError extends boolean = false>(options: Options<DismissQuarantinedData, ThrowOnError>): RequestResult<DismissQuarantinedResponses, DismissQuarantinedErrors, ThrowOnError> => (options.client ?? client).post<DismissQuarantinedResponses, DismissQuarantinedErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/reports/quarantine/{quarantine_id}/dismiss',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Download a document
 *
 * Download a finished document; any link that does not hold is 404, like a random one.
 */
export const downloadExport = <ThrowOnError extends boolean = false>(options: Options<DownloadExportData, ThrowOnError>): RequestResult<DownloadExportResponses, DownloadExportErrors, ThrowOnError> => (options.client ?? client).get<DownloadExportResponses, DownloadExportErrors, ThrowOnError>({ url: '/api/v1/files/{export_id}', ...options });

/**
 * List clinics
 *
 * List the clinics in the caller's scope; unconfirmed ones are known from events only.
 */
export const listClinics = <ThrowOnError extends boolean = false>(options?: Options<ListClinicsData, ThrowOnError>): RequestResult<ListClinicsResponses, ListClinicsErrors, ThrowOnError> => (options?.client ?? client).get<ListClinicsResponses, ListClinicsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/clinics',
    ...options
});

/**
 * Read a clinic
 *
 * Read how a clinic is registered.
 */
export const getClinic = <ThrowOnError extends boolean = false>(options: Options<GetClinicData, ThrowOnError>): RequestResult<GetClinicResponses, GetClinicErrors, ThrowOnError> => (options.client ?? client).get<GetClinicResponses, GetClinicErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/clinics/{clinic_id}',
    ...options
});

/**
 * Register or change a clinic
 *
 * Register a clinic, before or after its first events.
 *
 * Zone and terms hold for what is recorded from now on; recorded dates stay as they are.
 */
export const putClinic = <ThrowOnError extends boolean = false>(options: Options<PutClinicData, ThrowOnError>): RequestResult<PutClinicResponses, PutClinicErrors, ThrowOnError> => (options.client ?? client).put<PutClinicResponses, PutClinicErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/clinics/{clinic_id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Audit records
 *
 * List sealed records, the newest first; an auditor of some clinics sees what concerns them.
 *
 * Every answer of the API is in the log within seconds, this one too.
 */
export const listAuditRecords = <ThrowOnError extends boolean = false>(options?: Options<ListAuditRecordsData, ThrowOnError>): RequestResult<ListAuditRecordsResponses, ListAuditRecordsErrors, ThrowOnError> => (options?.client ?? client).get<ListAuditRecordsResponses, ListAuditRecordsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/audit',
    ...options
});

/**
 * Verify the audit log
 *
 * Verify a part of the log now: every row against the one before, and what was signed.
 *
 * `aggregator audit verify` verifies all of it; `last_full_run` tells how that ended last.
 */
export const verifyAuditLog = <ThrowOnError extends boolean = false>(options?: Options<VerifyAuditLogData, ThrowOnError>): RequestResult<VerifyAuditLogResponses, VerifyAuditLogErrors, ThrowOnError> => (options?.client ?? client).get<VerifyAuditLogResponses, VerifyAuditLogErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/audit/verification',
    ...options
});

/**
 * Who did how much
 *
 * Count what people, partners and sources did, and point to what is unusual for them.
 *
 * An auditor of some clinics asks about one of them at a time.
 */
export const getAuditActivity = <ThrowOnError extends boolean = false>(options?: Options<GetAuditActivityData, ThrowOnError>): RequestResult<GetAuditActivityResponses, GetAuditActivityErrors, ThrowOnError> => (options?.client ?? client).get<GetAuditActivityResponses, GetAuditActivityErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/v1/audit/activity',
    ...options
});

/**
 * Alive?
 *
 * Answer while the process can; asks nothing of others.
 */
export const getLiveness = <ThrowOnError extends boolean = false>(options?: Options<GetLivenessData, ThrowOnError>): RequestResult<GetLivenessResponses, GetLivenessErrors, ThrowOnError> => (options?.client ?? client).get<GetLivenessResponses, GetLivenessErrors, ThrowOnError>({ url: '/livez', ...options });

/**
 * Ready?
 *
 * Tell whether reports can be answered: PostgreSQL is there.
 *
 * Redis or Kafka away does not make it unready: exports are kept and rung for later, records wait
 * in the outbox, and live updates come when Kafka is back.
 */
export const getReadiness = <ThrowOnError extends boolean = false>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError> => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError>({ url: '/readyz', ...options });

/**
 * A problem type
 *
 * Say what a problem type means, and what to do about it.
 */
export const getProblemType = <ThrowOnError extends boolean = false>(options: Options<GetProblemTypeData, ThrowOnError>): RequestResult<GetProblemTypeResponses, GetProblemTypeErrors, ThrowOnError> => (options.client ?? client).get<GetProblemTypeResponses, GetProblemTypeErrors, ThrowOnError>({ url: '/problems/{slug}', ...options });

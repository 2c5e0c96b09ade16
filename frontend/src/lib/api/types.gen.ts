// Written by `npm run api` from the OpenAPI document; not by hand.

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

/**
 * Account
 *
 * The signed-in user as the API sees it.
 */
export type Account = {
    /**
     * Name
     */
    name: string;
    /**
     * Role
     */
    role: string;
    /**
     * Permissions
     *
     * What the role may do, in order.
     */
    permissions: Array<string>;
    /**
     * Clinics
     */
    clinics: Array<AccountClinic>;
};

/**
 * AccountClinic
 *
 * One clinic the user may see.
 */
export type AccountClinic = {
    /**
     * Clinic Id
     */
    clinic_id: string;
    /**
     * Name
     */
    name: string | null;
    /**
     * Time Zone
     */
    time_zone: string;
};

/**
 * Activity
 *
 * Who did how much; the unusual first, then by looks.
 */
export type Activity = {
    /**
     * Start Date
     */
    start_date: string;
    /**
     * End Date
     */
    end_date: string;
    /**
     * Clinic Id
     */
    clinic_id: string | null;
    /**
     * Actors
     */
    actors: Array<ActorActivity>;
};

/**
 * ActorActivity
 *
 * What somebody did in the days asked for, and what is unusual about it.
 */
export type ActorActivity = {
    /**
     * Actor Kind
     */
    actor_kind: string;
    /**
     * Actor
     */
    actor: string;
    /**
     * Acts
     *
     * Everything recorded.
     */
    acts: number;
    /**
     * Looks
     *
     * Reports viewed, searches, exports and downloads.
     */
    looks: number;
    /**
     * Searches
     */
    searches: number;
    /**
     * Downloads
     */
    downloads: number;
    /**
     * Patients
     *
     * Patients shown, a patient of two answers twice.
     */
    patients: number;
    /**
     * Denials
     */
    denials: number;
    /**
     * Failures
     */
    failures: number;
    /**
     * Active Days
     */
    active_days: number;
    /**
     * Busiest Day
     *
     * The day with the most looks.
     */
    busiest_day: string | null;
    /**
     * Busiest Looks
     */
    busiest_looks: number;
    /**
     * Usual Looks
     *
     * Median day of the four weeks before; null without any to go by.
     */
    usual_looks: number | null;
    /**
     * Unusual
     */
    unusual: Array<'many_looks' | 'many_denials'>;
};

/**
 * AgedAr
 *
 * The share of the outstanding receivables that is more than 90 days past due.
 */
export type AgedAr = {
    /**
     * Outstanding
     */
    outstanding: number;
    /**
     * Over 90
     */
    over_90: number;
    /**
     * Rate
     *
     * Four decimals, rounded half to even; null if the denominator is not above 0.
     */
    rate: string | null;
};

/**
 * Alive
 *
 * The process answers.
 */
export type Alive = {
    /**
     * Status
     */
    status?: 'alive';
};

/**
 * AuditEntry
 *
 * One sealed record: who did what, to which resource, when, from where, with which outcome.
 */
export type AuditEntry = {
    /**
     * Sequence
     *
     * Its place in the log, without gaps.
     */
    sequence: number;
    /**
     * Id
     */
    id: string;
    /**
     * Occurred At
     */
    occurred_at: string;
    /**
     * Service
     */
    service: string;
    /**
     * Action
     */
    action: string;
    /**
     * Outcome
     */
    outcome: string;
    /**
     * Actor Kind
     */
    actor_kind: string;
    /**
     * Actor
     */
    actor: string;
    /**
     * Role
     */
    role?: string | null;
    /**
     * Resource
     */
    resource: string;
    /**
     * Clinic Ids
     */
    clinic_ids?: Array<string>;
    /**
     * Patient Ids
     *
     * Patients whose data the answer showed, or who were asked for.
     */
    patient_ids?: Array<string>;
    /**
     * Remote
     */
    remote?: string | null;
    /**
     * Request Id
     */
    request_id?: string | null;
    /**
     * Trace Id
     */
    trace_id?: string | null;
    /**
     * Count
     *
     * How many like acts the record stands for.
     */
    count?: number;
    /**
     * Details
     */
    details?: {
        [key: string]: string | number | Array<string>;
    };
};

/**
 * AuditProof
 *
 * What was verified, and the first thing that is wrong.
 */
export type AuditProof = {
    /**
     * Verdict
     *
     * `unanchored`: consistent, with no checkpoint outside the database to compare.
     */
    verdict: 'intact' | 'broken' | 'unanchored';
    /**
     * First Sequence
     *
     * Where the log begins; 0 if it is empty.
     */
    first_sequence: number;
    /**
     * Last Sequence
     *
     * Where the log ends.
     */
    last_sequence: number;
    /**
     * Verified From
     */
    verified_from: number;
    /**
     * Verified Through
     */
    verified_through: number;
    finding: ProofFinding | null;
    /**
     * Sources
     */
    sources: Array<ProofSource>;
    last_full_run: FullRun | null;
};

/**
 * AuditRecords
 *
 * A page of the audit log, the newest record first.
 */
export type AuditRecords = {
    /**
     * Records
     */
    records: Array<AuditEntry>;
    page: Page;
};

/**
 * BadDebt
 *
 * What was given up, and what came back of it.
 */
export type BadDebt = {
    /**
     * Write Offs
     */
    write_offs: number;
    /**
     * Recoveries
     */
    recoveries: number;
    /**
     * Net
     *
     * write_offs - recoveries
     */
    net: number;
};

/**
 * BookTotals
 *
 * What a book adds up to on both sides; amounts are minor units.
 */
export type BookTotals = {
    /**
     * Book
     *
     * What is added up: invoice, payment, refund, ...
     */
    book: string;
    /**
     * Currency
     */
    currency: string;
    /**
     * Source Count
     */
    source_count: number;
    /**
     * Source Amount
     */
    source_amount: number;
    /**
     * Ledger Count
     */
    ledger_count: number;
    /**
     * Ledger Amount
     */
    ledger_amount: number;
};

/**
 * BucketAmounts
 *
 * A balance spread over the aging buckets.
 */
export type BucketAmounts = {
    /**
     * Current
     */
    current?: number;
    /**
     * 1-30
     */
    '1-30'?: number;
    /**
     * 31-60
     */
    '31-60'?: number;
    /**
     * 61-90
     */
    '61-90'?: number;
    /**
     * Over 90
     */
    over_90?: number;
};

/**
 * BucketSum
 *
 * One bucket: the open amount in it and the number of receivables.
 */
export type BucketSum = {
    /**
     * Bucket
     */
    bucket: 'current' | '1-30' | '31-60' | '61-90' | 'over_90';
    /**
     * Amount
     */
    amount: number;
    /**
     * Count
     */
    count: number;
};

/**
 * ChargeSide
 *
 * What was asked for, apart from what was paid; amounts in minor units.
 */
export type ChargeSide = {
    /**
     * Charges
     */
    charges: number;
    /**
     * Charge Count
     */
    charge_count: number;
    /**
     * Charge Corrections
     */
    charge_corrections: number;
    /**
     * Contractual Adjustments
     *
     * Above zero when they lower what is owed.
     */
    contractual_adjustments: number;
    /**
     * Other Adjustments
     *
     * Above zero when they lower what is owed.
     */
    other_adjustments: number;
    /**
     * Voids
     */
    voids: number;
    /**
     * Write Offs
     */
    write_offs: number;
    /**
     * Net Charges
     *
     * charges + corrections - contractual - voids
     */
    net_charges: number;
};

/**
 * ClinicCalendar
 *
 * The calendar and terms one clinic's figures were counted in.
 */
export type ClinicCalendar = {
    /**
     * Clinic Id
     */
    clinic_id: string;
    /**
     * Time Zone
     */
    time_zone: string;
    /**
     * Terms Days
     */
    terms_days: number;
    /**
     * Confirmed
     */
    confirmed: boolean;
};

/**
 * ClinicList
 *
 * Clinics in order of their id.
 */
export type ClinicList = {
    /**
     * Clinics
     */
    clinics: Array<RegisteredClinic>;
};

/**
 * ClinicSettings
 *
 * What is set of a clinic; what is left out takes its default.
 */
export type ClinicSettings = {
    /**
     * Name
     */
    name: string;
    /**
     * Time Zone
     */
    time_zone: string;
    /**
     * Terms Days
     *
     * Days from issue until an invoice is due.
     */
    terms_days: number;
    /**
     * Numeric Patient Ids
     *
     * Nine or ten bare digits are this clinic's own patient numbers.
     */
    numeric_patient_ids?: boolean;
    /**
     * Patient Url
     *
     * The page of a patient in the practice's own system, with {patient_id}.
     */
    patient_url?: string | null;
};

/**
 * CollectionRate
 *
 * Money landed on invoices, of what was asked on the same invoices, by service date.
 */
export type CollectionRate = {
    /**
     * Landed
     */
    landed: number;
    /**
     * Charges
     *
     * The denominator: net or gross charges, as the name says.
     */
    charges: number;
    /**
     * Rate
     *
     * Four decimals, rounded half to even; null if the denominator is not above 0.
     */
    rate: string | null;
};

/**
 * CreditSum
 *
 * Credits of one age and payer; each age counts from the day the payment was received.
 */
export type CreditSum = {
    /**
     * Bucket
     */
    bucket: 'current' | '1-30' | '31-60' | '61-90' | 'over_90';
    /**
     * Payer Type
     *
     * Who paid, or unknown.
     */
    payer_type: string;
    unapplied_credits: Sum;
    /**
     * Shown above zero.
     */
    deficits: Sum;
};

/**
 * CurrencyIndicators
 *
 * One currency: the whole range, and its periods.
 */
export type CurrencyIndicators = {
    /**
     * Currency
     */
    currency: string;
    range: Indicators;
    /**
     * Points
     */
    points: Array<IndicatorPoint>;
};

/**
 * CurrencySummary
 *
 * Receivables of one currency.
 *
 * The buckets sum up to the total, credits to theirs, and the net balance is what the ledger's
 * movements come to: all three are asserted.
 */
export type CurrencySummary = {
    /**
     * Currency
     */
    currency: string;
    outstanding: Sum;
    /**
     * Buckets
     */
    buckets: Array<BucketSum>;
    in_collections: Sum;
    /**
     * Balances below zero, shown above zero; not in outstanding.
     */
    overpaid: Sum;
    unapplied_credits: Sum;
    /**
     * Credits below zero, shown above zero.
     */
    deficits: Sum;
    /**
     * Credits
     *
     * Unapplied credits and deficits by age and payer.
     */
    credits: Array<CreditSum>;
};

/**
 * CurrencyTotals
 *
 * The totals of one currency over the whole range.
 */
export type CurrencyTotals = {
    /**
     * Gross Payments
     */
    gross_payments: number;
    /**
     * Refunds
     */
    refunds: number;
    /**
     * Chargebacks
     */
    chargebacks: number;
    /**
     * Payment Corrections
     */
    payment_corrections: number;
    /**
     * Net Payments
     *
     * gross + corrections - refunds - chargebacks
     */
    net_payments: number;
    /**
     * Payment Count
     */
    payment_count: number;
    /**
     * Refund Count
     */
    refund_count: number;
    /**
     * Average Payment
     *
     * gross / payment_count, rounded half to even; null without payments.
     */
    average_payment: number | null;
    /**
     * Processor Fees
     *
     * In no other figure.
     */
    processor_fees: number;
    charge_side: ChargeSide;
    /**
     * Currency
     */
    currency: string;
};

/**
 * CurrencyUnit
 *
 * How to read the amounts of one currency: 1999 with exponent 2 is 19.99.
 */
export type CurrencyUnit = {
    /**
     * Currency
     */
    currency: string;
    /**
     * Exponent
     */
    exponent: number;
};

/**
 * DayDifference
 *
 * A day of a book on which both sides are not the same; 0001-01-01 in books without days.
 */
export type DayDifference = {
    /**
     * Book
     *
     * What is added up: invoice, payment, refund, ...
     */
    book: string;
    /**
     * Currency
     */
    currency: string;
    /**
     * Source Count
     */
    source_count: number;
    /**
     * Source Amount
     */
    source_amount: number;
    /**
     * Ledger Count
     */
    ledger_count: number;
    /**
     * Ledger Amount
     */
    ledger_amount: number;
    /**
     * Day
     */
    day: string;
};

/**
 * DaysInAr
 *
 * How many days of charges the outstanding receivables stand for.
 */
export type DaysInAr = {
    /**
     * Outstanding
     */
    outstanding: number;
    /**
     * Charges
     *
     * charges + corrections - voids of the days' invoices.
     */
    charges: number;
    /**
     * Days
     *
     * N: invoices issued in the N days ending with the day count.
     */
    days: number;
    /**
     * Value
     *
     * outstanding / (charges / N); null if charges are not above 0.
     */
    value: string | null;
};

/**
 * DefinitionUsed
 *
 * A metric definition by which figures of an answer were computed; see the catalog.
 */
export type DefinitionUsed = {
    /**
     * Id
     */
    id: string;
    /**
     * Version
     */
    version: number;
};

/**
 * DismissalWanted
 *
 * Why a record needs nothing more.
 */
export type DismissalWanted = {
    /**
     * Reason
     */
    reason: 'mended_at_source' | 'not_needed' | 'duplicate';
};

/**
 * ExceptionRow
 *
 * One exception: what does not fit, and how much money is in question.
 */
export type ExceptionRow = {
    /**
     * Kind
     */
    kind: 'orphan' | 'mismatch' | 'deficit' | 'over_allocated' | 'over_returned' | 'failed_after_success' | 'conflict';
    /**
     * Parent
     *
     * What an orphan or a mismatch names and lacks.
     */
    parent: 'payment' | 'invoice' | null;
    /**
     * Clinic Id
     */
    clinic_id: string;
    /**
     * Patient Id
     */
    patient_id: string | null;
    /**
     * Payment Id
     */
    payment_id: string | null;
    /**
     * Invoice Id
     */
    invoice_id: string | null;
    /**
     * Currency
     */
    currency: string | null;
    /**
     * Amount
     *
     * The amount in question: as its event tells it, or by how much it is too much.
     */
    amount: number | null;
    /**
     * Business Date
     */
    business_date: string | null;
    /**
     * Source
     */
    source: string | null;
    /**
     * Event Id
     */
    event_id: string | null;
};

/**
 * ExceptionSum
 *
 * All exceptions of one kind, missing parent and currency.
 */
export type ExceptionSum = {
    /**
     * Kind
     */
    kind: 'orphan' | 'mismatch' | 'deficit' | 'over_allocated' | 'over_returned' | 'failed_after_success' | 'conflict';
    /**
     * Parent
     */
    parent: 'payment' | 'invoice' | null;
    /**
     * Currency
     */
    currency: string | null;
    /**
     * Amount
     */
    amount: number;
    /**
     * Count
     */
    count: number;
};

/**
 * ExceptionsReport
 *
 * One page of exceptions; the sums are over all pages.
 */
export type ExceptionsReport = {
    meta: Meta;
    /**
     * Exceptions
     */
    exceptions: Array<ExceptionRow>;
    /**
     * Sums
     */
    sums: Array<ExceptionSum>;
    page: Page;
};

/**
 * ExplainedLeg
 *
 * One ledger leg, or what a rule adds to the legs; whose it is is not told.
 */
export type ExplainedLeg = {
    /**
     * Kind
     *
     * Null for a rule.
     */
    kind: 'charge' | 'adjustment' | 'write_off' | 'void' | 'payment' | 'correction' | 'refund' | 'chargeback' | 'chargeback_reversal' | 'fee' | 'allocation' | 'pending' | 'failed' | 'responsibility' | 'due_date' | 'sent_to_collections' | 'recalled_from_collections' | 'patient' | null;
    /**
     * Rule
     *
     * What is no leg: the part of a write-off that takes nothing because nothing is open, the part of a balance that stands in other buckets, what was recovered.
     */
    rule?: 'write_off_not_effective' | 'in_other_buckets' | 'recovered' | null;
    /**
     * Amount
     *
     * What it adds to the figure, in the figure's unit.
     */
    amount: number;
    /**
     * Mirrored
     *
     * Taken back by a void.
     */
    mirrored?: boolean;
    /**
     * Clinic Id
     */
    clinic_id: string;
    /**
     * Invoice Id
     */
    invoice_id?: string | null;
    /**
     * Payment Id
     */
    payment_id?: string | null;
    /**
     * Business Date
     */
    business_date?: string | null;
    /**
     * Effective On
     *
     * The latest date of the facts it joins: balances count from it.
     */
    effective_on?: string | null;
    /**
     * Reason
     */
    reason?: string | null;
    /**
     * Method
     */
    method?: string | null;
    /**
     * Payer Type
     */
    payer_type?: string | null;
    /**
     * Provider
     */
    provider?: string | null;
    /**
     * Category
     */
    category?: string | null;
    /**
     * Source
     */
    source?: string | null;
    /**
     * Event Id
     */
    event_id?: string | null;
    /**
     * Leg
     */
    leg?: number | null;
    /**
     * Position
     *
     * Kafka partition and offset of the record that completed it.
     */
    position?: string | null;
};

/**
 * Explanation
 *
 * The legs of one figure; over all pages they sum up to it.
 */
export type Explanation = {
    meta: Meta;
    /**
     * Metric
     */
    metric: 'gross_payments' | 'refunds' | 'chargebacks' | 'payment_corrections' | 'net_payments' | 'payment_count' | 'refund_count' | 'processor_fees' | 'charges' | 'charge_count' | 'charge_corrections' | 'contractual_adjustments' | 'other_adjustments' | 'voids' | 'write_offs' | 'net_charges' | 'outstanding' | 'overpaid' | 'unapplied_credits' | 'deficits' | 'receivable_balance' | 'patient_balance' | 'net_collection_rate' | 'gross_collection_rate' | 'days_in_ar' | 'aged_ar_rate' | 'payer_mix_charges' | 'payer_mix_payments' | 'bad_debt' | 'roll_forward';
    /**
     * Component
     */
    component: 'landed' | 'charges' | 'outstanding' | 'over_90' | 'payer' | 'total' | 'write_offs' | 'recoveries' | 'opening' | 'charge_corrections' | 'contractual_adjustments' | 'other_adjustments' | 'voids' | 'closing' | null;
    /**
     * Currency
     */
    currency: string;
    /**
     * Unit
     */
    unit: 'minor units' | 'count';
    /**
     * Sum
     *
     * Of all pages, summed by the server.
     */
    sum: number;
    /**
     * Served
     *
     * The figure as its report serves it at this watermark.
     */
    served: number;
    /**
     * Equal
     *
     * Whether the two are the same; if not, there is no answer.
     */
    equal: boolean;
    /**
     * Legs
     */
    legs: Array<ExplainedLeg>;
    page: Page;
};

/**
 * ExportFile
 *
 * The finished document; the link is for its owner alone and holds for minutes.
 */
export type ExportFile = {
    /**
     * Href
     */
    href: string;
    /**
     * Expires At
     *
     * Ask for the export again to renew the link.
     */
    expires_at: string;
    /**
     * Media Type
     */
    media_type?: 'application/pdf';
    /**
     * Bytes
     */
    bytes: number | null;
    /**
     * Sha256
     */
    sha256: string | null;
    /**
     * Page Count
     */
    page_count: number | null;
};

/**
 * ExportList
 *
 * One's own exports, the latest first.
 */
export type ExportList = {
    /**
     * Exports
     */
    exports: Array<ExportStatus>;
    /**
     * Before
     *
     * `before` of the next page; null at the end.
     */
    before: string | null;
};

/**
 * ExportStatus
 *
 * An export as it stands.
 */
export type ExportStatus = {
    /**
     * Export Id
     */
    export_id: string;
    /**
     * Report
     */
    report: string;
    /**
     * State
     */
    state: 'queued' | 'rendering' | 'ready' | 'failed' | 'expired' | 'canceled';
    /**
     * Progress Percent
     */
    progress_percent: number;
    /**
     * Requested At
     */
    requested_at: string;
    /**
     * Ended At
     */
    ended_at: string | null;
    /**
     * Attempts
     */
    attempts: number;
    /**
     * Problem
     *
     * Why there is no document, and what would help.
     */
    problem: string | null;
    /**
     * Parameters
     *
     * The question, with day and watermark fixed.
     */
    parameters: {
        [key: string]: unknown;
    };
    /**
     * Paper
     */
    paper: 'letter' | 'a4';
    /**
     * Locale
     */
    locale: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
    /**
     * As Of
     */
    as_of: string;
    /**
     * Watermark
     */
    watermark: string;
    /**
     * Digest
     *
     * Of the figures; the same on screen and on paper.
     */
    digest: string;
    /**
     * There once the state is `ready`.
     */
    file: ExportFile | null;
};

/**
 * FullRun
 *
 * The last run of `aggregator audit verify`, as its own record in the log tells of it.
 */
export type FullRun = {
    /**
     * Ended At
     */
    ended_at: string;
    /**
     * Verdict
     */
    verdict: string;
    /**
     * Through Sequence
     */
    through_sequence: number;
    /**
     * Anchored Through
     */
    anchored_through: number;
    /**
     * By
     */
    by: string;
};

/**
 * HistoryDocument
 *
 * A patient's history, all rows of it; `parameters` are those of its own route.
 */
export type HistoryDocument = {
    /**
     * Paper
     */
    paper?: 'letter' | 'a4';
    /**
     * Locale
     *
     * How figures and dates are written; the words are English.
     */
    locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
    /**
     * Format
     */
    format?: 'pdf';
    /**
     * Report
     */
    report: 'history';
    parameters: HistoryDocumentParameters;
};

/**
 * HistoryDocumentParameters
 *
 * Whose history a document tells, and which rows of it.
 */
export type HistoryDocumentParameters = {
    /**
     * As Of
     *
     * Business date to answer for; default today, later is refused.
     */
    as_of?: string | null;
    /**
     * Watermark
     *
     * `meta.watermark` of an earlier answer, to ask what was known then.
     */
    watermark?: string | null;
    /**
     * Start Date
     */
    start_date?: string | null;
    /**
     * End Date
     */
    end_date?: string | null;
    /**
     * Clinic Id
     */
    clinic_id?: string | null;
    /**
     * Payment Status
     */
    payment_status?: string | null;
    /**
     * Invoice Status
     */
    invoice_status?: string | null;
    /**
     * Patient Id
     */
    patient_id: string;
};

/**
 * HistoryEntry
 *
 * One ledger leg, attempt or fact; amounts signed as the ledger keeps them.
 */
export type HistoryEntry = {
    /**
     * Business Date
     */
    business_date: string;
    /**
     * Occurred At
     */
    occurred_at: string;
    /**
     * Source
     */
    source: string;
    /**
     * Event Id
     */
    event_id: string;
    /**
     * Leg
     */
    leg: number;
    /**
     * Clinic Id
     */
    clinic_id: string;
    /**
     * Kind
     */
    kind: 'charge' | 'adjustment' | 'write_off' | 'void' | 'payment' | 'correction' | 'refund' | 'chargeback' | 'chargeback_reversal' | 'fee' | 'allocation' | 'pending' | 'failed' | 'responsibility' | 'due_date' | 'sent_to_collections' | 'recalled_from_collections' | 'patient';
    /**
     * Amount
     */
    amount: number | null;
    /**
     * Currency
     */
    currency: string | null;
    /**
     * Payment Id
     */
    payment_id: string | null;
    /**
     * Payment Status
     */
    payment_status: 'paid' | 'pending' | 'failed' | 'refunded' | null;
    /**
     * Partially Refunded
     */
    partially_refunded: boolean | null;
    /**
     * Disputed
     */
    disputed: boolean | null;
    /**
     * Invoice Id
     */
    invoice_id: string | null;
    /**
     * Invoice Status
     */
    invoice_status: 'current' | 'overdue' | 'collection' | 'paid' | 'written_off' | 'voided' | 'credit' | null;
    /**
     * Fact Id
     */
    fact_id: string | null;
    /**
     * Method
     */
    method: string | null;
    /**
     * Payer Type
     */
    payer_type: string | null;
    /**
     * Provider
     */
    provider: string | null;
    /**
     * Category
     */
    category: string | null;
    /**
     * Reason
     */
    reason: string | null;
    /**
     * Service Date
     */
    service_date: string | null;
    /**
     * Due On
     */
    due_on: string | null;
    /**
     * Installments
     */
    installments: Array<PlannedInstallment> | null;
    /**
     * Received At
     */
    received_at: string | null;
    /**
     * Balance
     *
     * Net balance in this row's currency after this row's event, null without one.
     */
    balance: number | null;
};

/**
 * HistoryReport
 *
 * A patient's rows in order of (business date, occurred_at, source, id), and totals.
 */
export type HistoryReport = {
    meta: Meta;
    /**
     * Patient Id
     */
    patient_id: string;
    /**
     * Entries
     */
    entries: Array<HistoryEntry>;
    /**
     * Totals
     */
    totals: Array<PatientTotals>;
    page: Page;
};

/**
 * IndicatorPoint
 *
 * The indicators of one period of the trend.
 */
export type IndicatorPoint = {
    net_collection: CollectionRate;
    gross_collection: CollectionRate;
    days_in_ar: DaysInAr;
    aged_ar: AgedAr;
    payer_mix: PayerMix;
    bad_debt: BadDebt;
    roll_forward: RollForward;
    /**
     * Label
     *
     * First calendar day of the period.
     */
    label: string;
    /**
     * Last Day
     *
     * The day its balances are of.
     */
    last_day: string;
    /**
     * Partial
     *
     * Cut by the range, or not over yet.
     */
    partial: boolean;
};

/**
 * Indicators
 *
 * Every indicator of one span of days; balances are those of its last day.
 */
export type Indicators = {
    net_collection: CollectionRate;
    gross_collection: CollectionRate;
    days_in_ar: DaysInAr;
    aged_ar: AgedAr;
    payer_mix: PayerMix;
    bad_debt: BadDebt;
    roll_forward: RollForward;
};

/**
 * IndicatorsReport
 *
 * Indicators per currency, each with its trend.
 */
export type IndicatorsReport = {
    meta: Meta;
    /**
     * Granularity
     */
    granularity: 'day' | 'week' | 'month' | 'quarter' | 'year';
    /**
     * Currencies
     */
    currencies: Array<CurrencyIndicators>;
};

/**
 * Interval
 *
 * Whole calendar days, both ends included.
 */
export type Interval = {
    /**
     * Start Date
     */
    start_date: string;
    /**
     * End Date
     */
    end_date: string;
};

/**
 * Meta
 *
 * Where the figures of an answer come from, and how they are to be read.
 */
export type Meta = {
    /**
     * Report
     */
    report: string;
    /**
     * As Of
     */
    as_of: string;
    interval?: Interval | null;
    /**
     * Horizon
     *
     * The first day that can be asked about: older stories are removed. A patient's sums of what happened begin with it. Null: everything is kept.
     */
    horizon?: string | null;
    /**
     * Basis
     *
     * The date by which figures are sorted into days or buckets.
     */
    basis: 'business_date' | 'due_date' | 'service_date' | 'issued_on';
    /**
     * Amounts
     */
    amounts?: 'integer minor units';
    /**
     * Currencies
     */
    currencies: Array<CurrencyUnit>;
    /**
     * Clinics
     */
    clinics: Array<ClinicCalendar>;
    /**
     * Time Zones
     *
     * Each clinic counts in its own zone; more than one means a report over several.
     */
    time_zones: Array<string>;
    /**
     * Watermark
     *
     * Next offset of each partition: '0:1523,1:1498'.
     */
    watermark: string;
    /**
     * Data Through
     *
     * Everything Kafka had accepted by then is in; null for an earlier watermark.
     */
    data_through: string | null;
    /**
     * Stale
     *
     * Null for an earlier watermark, asked for as such.
     */
    stale: boolean | null;
    /**
     * Stale Reasons
     */
    stale_reasons: Array<'data_through_older_than_60_seconds' | 'nothing_applied_yet' | 'source_run_overdue'>;
    /**
     * Answered At
     */
    answered_at: string;
    /**
     * Of several sources the last one that differs, else the last one.
     */
    reconciliation?: Reconciliation | null;
    /**
     * Definitions
     */
    definitions: Array<DefinitionUsed>;
    /**
     * Digest
     *
     * SHA-256 over the canonical JSON of the answer without meta, page and partial.
     */
    digest: string;
};

/**
 * Metric
 *
 * One definition; a change of its meaning is a new version.
 */
export type Metric = {
    /**
     * Id
     */
    id: string;
    /**
     * Version
     */
    version: number;
    /**
     * Unit
     */
    unit: 'minor units' | 'count' | 'days' | 'code' | 'ratio';
    /**
     * Formula
     */
    formula: string;
    /**
     * Inclusion
     *
     * What counts, and on which date.
     */
    inclusion: string;
    /**
     * Source
     *
     * Where the definition is laid down.
     */
    source: string;
};

/**
 * MetricCatalog
 *
 * Every definition in use; `meta.definitions` of an answer names those it was computed by.
 */
export type MetricCatalog = {
    /**
     * Metrics
     */
    metrics: Array<Metric>;
};

/**
 * NameSearch
 *
 * A search by name; the name is hashed on arrival, and neither stored nor logged.
 */
export type NameSearch = {
    /**
     * Name
     *
     * Whole name parts in any order; case, accents and punctuation do not matter.
     */
    name: string;
    /**
     * Limit
     */
    limit?: number;
    /**
     * Cursor
     */
    cursor?: string | null;
};

/**
 * OidcProvider
 *
 * An OpenID Connect issuer: authorization code with PKCE, as its discovery document says.
 */
export type OidcProvider = {
    /**
     * Issuer
     */
    issuer: string;
    /**
     * Client Id
     */
    client_id: string;
    /**
     * Scope
     */
    scope: string;
    /**
     * Name
     *
     * What people call the issuer.
     */
    name: string;
    /**
     * Parameters
     *
     * What it wants to be told besides when asked to let somebody in.
     */
    parameters: {
        [key: string]: string;
    };
};

/**
 * OpenInstallment
 *
 * One part of a payment plan, and what of the balance still stands on it.
 */
export type OpenInstallment = {
    /**
     * Due On
     */
    due_on: string;
    /**
     * Amount
     */
    amount: number;
    /**
     * Open
     */
    open: number;
    /**
     * Bucket
     */
    bucket: 'current' | '1-30' | '31-60' | '61-90' | 'over_90';
};

/**
 * OutstandingDocument
 *
 * Receivables and their aging; `parameters` are those of the list's own route.
 */
export type OutstandingDocument = {
    /**
     * Paper
     */
    paper?: 'letter' | 'a4';
    /**
     * Locale
     *
     * How figures and dates are written; the words are English.
     */
    locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
    /**
     * Format
     */
    format?: 'pdf';
    /**
     * Report
     */
    report: 'outstanding';
    parameters?: OutstandingDocumentParameters;
};

/**
 * OutstandingDocumentParameters
 *
 * Which receivables a document lists, and in which order.
 */
export type OutstandingDocumentParameters = {
    /**
     * As Of
     *
     * Business date to answer for; default today, later is refused.
     */
    as_of?: string | null;
    /**
     * Watermark
     *
     * `meta.watermark` of an earlier answer, to ask what was known then.
     */
    watermark?: string | null;
    /**
     * Basis
     */
    basis?: 'due_date' | 'service_date' | 'issued_on';
    /**
     * Clinic Id
     */
    clinic_id?: string | null;
    /**
     * Currency
     */
    currency?: string | null;
    /**
     * Patient Id
     */
    patient_id?: string | null;
    /**
     * Payer Type
     */
    payer_type?: string | null;
    /**
     * Status
     */
    status?: string | null;
    /**
     * Bucket
     */
    bucket?: string | null;
    /**
     * Balance From
     *
     * Minor units, included.
     */
    balance_from?: number | null;
    /**
     * Balance To
     *
     * Minor units, included.
     */
    balance_to?: number | null;
    /**
     * Days Overdue From
     */
    days_overdue_from?: number | null;
    /**
     * Days Overdue To
     */
    days_overdue_to?: number | null;
    /**
     * Sort
     */
    sort?: 'due_on' | 'balance' | 'issued_on' | 'patient_id' | 'invoice_id';
    /**
     * Order
     */
    order?: 'ascending' | 'descending';
};

/**
 * OutstandingReport
 *
 * One page of receivables.
 */
export type OutstandingReport = {
    meta: Meta;
    /**
     * Receivables
     */
    receivables: Array<Receivable>;
    page: Page;
};

/**
 * OutstandingSummary
 *
 * Aging by bucket, one block per currency.
 */
export type OutstandingSummary = {
    meta: Meta;
    /**
     * Basis
     */
    basis: 'due_date' | 'service_date' | 'issued_on';
    /**
     * Currencies
     */
    currencies: Array<CurrencySummary>;
};

/**
 * Page
 *
 * A page of a list; `next` is the unsigned key of its last row, null on the last page.
 */
export type Page = {
    /**
     * Limit
     */
    limit: number;
    /**
     * Next
     */
    next: string | null;
};

/**
 * PatientFound
 *
 * A patient, and the clinics (of those the caller may see) that know the id.
 */
export type PatientFound = {
    /**
     * Patient Id
     */
    patient_id: string;
    /**
     * Clinic Ids
     */
    clinic_ids: Array<string>;
};

/**
 * PatientTotals
 *
 * One patient's figures in one currency over the clinics read, filters aside.
 */
export type PatientTotals = {
    /**
     * Currency
     */
    currency: string;
    /**
     * Charged
     *
     * Charges as issued, before adjustments and voids.
     */
    charged: number;
    /**
     * Adjustments
     *
     * Of issued invoices; below zero when less is owed.
     */
    adjustments: number;
    /**
     * Voids
     *
     * Charges and adjustments of voided invoices.
     */
    voids: number;
    /**
     * Written Off
     *
     * The effective write-offs.
     */
    written_off: number;
    /**
     * Invoice Count
     */
    invoice_count: number;
    /**
     * Paid
     *
     * Gross payments.
     */
    paid: number;
    /**
     * Payment Count
     */
    payment_count: number;
    /**
     * Payment Corrections
     */
    payment_corrections: number;
    /**
     * Refunded
     *
     * Refunds as told; those of unknown payments included.
     */
    refunded: number;
    /**
     * Chargebacks
     *
     * Withdrawn - reinstated, as told.
     */
    chargebacks: number;
    /**
     * Outstanding
     */
    outstanding: number;
    /**
     * Overpaid
     *
     * Balances below zero, shown above zero.
     */
    overpaid: number;
    /**
     * Unapplied
     */
    unapplied: number;
    /**
     * Deficits
     *
     * Credits below zero, shown above zero.
     */
    deficits: number;
    /**
     * Balance
     *
     * outstanding - overpaid - unapplied + deficits
     */
    balance: number;
};

/**
 * PatientsReport
 *
 * Patients in order of their id.
 */
export type PatientsReport = {
    meta: Meta;
    /**
     * Patients
     */
    patients: Array<PatientFound>;
    page: Page;
};

/**
 * PayerMix
 *
 * Who was charged and who paid.
 */
export type PayerMix = {
    /**
     * Charges
     *
     * Charges by who owed at issue.
     */
    charges: Array<PayerShare>;
    /**
     * Payments
     *
     * Gross payments by who paid.
     */
    payments: Array<PayerShare>;
};

/**
 * PayerShare
 *
 * One payer type's part of a mix.
 */
export type PayerShare = {
    /**
     * Payer Type
     */
    payer_type: string;
    /**
     * Amount
     */
    amount: number;
    /**
     * Share
     *
     * Four decimals, rounded half to even; null if the denominator is not above 0.
     */
    share: string | null;
};

/**
 * PlannedInstallment
 *
 * One part of a payment plan as told.
 */
export type PlannedInstallment = {
    /**
     * Due On
     */
    due_on: string;
    /**
     * Amount
     */
    amount: number;
};

/**
 * ProblemPage
 *
 * What a problem type means, and what to do about it.
 */
export type ProblemPage = {
    /**
     * Type
     */
    type: string;
    /**
     * Title
     */
    title: string;
    /**
     * Status
     */
    status: number;
    /**
     * Advice
     */
    advice: string;
};

/**
 * ProofFinding
 *
 * What is wrong first.
 */
export type ProofFinding = {
    /**
     * First Sequence
     */
    first_sequence: number;
    /**
     * Last Sequence
     */
    last_sequence: number;
    /**
     * Problem
     */
    problem: string;
};

/**
 * ProofSource
 *
 * What the checkpoints of one place tell.
 */
export type ProofSource = {
    /**
     * Source
     */
    source: 'file' | 'database';
    /**
     * Outside
     *
     * Whether it lies outside the database.
     */
    outside: boolean;
    /**
     * Compared
     */
    compared: number;
    /**
     * Invalid
     */
    invalid: number;
    /**
     * Last Sequence
     */
    last_sequence: number | null;
    /**
     * Last Sealed At
     */
    last_sealed_at: string | null;
};

/**
 * Providers
 *
 * The ways to sign in that this installation offers.
 */
export type Providers = {
    /**
     * Password
     *
     * Built-in users, at the token endpoint.
     */
    password: boolean;
    /**
     * Users of an identity provider, if there is one.
     */
    oidc: OidcProvider | null;
};

/**
 * QuarantineList
 *
 * Refused records, the latest first.
 */
export type QuarantineList = {
    /**
     * Records
     */
    records: Array<QuarantinedRecord>;
    /**
     * Before
     *
     * Ask with it for the page after this one.
     */
    before: number | null;
};

/**
 * QuarantinedRecord
 *
 * A record that was refused; what is kept of it are ids, amounts and dates.
 */
export type QuarantinedRecord = {
    /**
     * Quarantine Id
     */
    quarantine_id: number;
    /**
     * Topic
     *
     * Where it lies in Kafka, or the source whose row it is.
     */
    topic: string;
    /**
     * Kafka Partition
     */
    kafka_partition: number;
    /**
     * Kafka Offset
     */
    kafka_offset: number;
    /**
     * Recorded At
     */
    recorded_at: string;
    /**
     * Reason
     */
    reason: string;
    /**
     * Problem
     */
    problem: string;
    /**
     * Digest
     */
    digest: string;
    /**
     * Source
     */
    source: string | null;
    /**
     * Event Id
     */
    event_id: string | null;
    /**
     * Event Type
     */
    event_type: string | null;
    /**
     * Fields
     */
    fields: {
        [key: string]: string | number;
    };
    /**
     * Status
     */
    status: 'open' | 'replayed' | 'dismissed';
    /**
     * Decided By
     */
    decided_by: string | null;
    /**
     * Decided At
     */
    decided_at: string | null;
    /**
     * Dismissed As
     */
    dismissed_as: string | null;
    /**
     * Became
     *
     * Where the replayed event lies: partition:offset.
     */
    became: string | null;
};

/**
 * Ready
 *
 * Whether requests are answered; `checks` names each part when asked for.
 */
export type Ready = {
    /**
     * Status
     */
    status: 'ready' | 'not ready';
    /**
     * Checks
     */
    checks?: {
        [key: string]: 'ok' | 'away';
    } | null;
};

/**
 * Receivable
 *
 * One invoice as it stands; amounts in minor units of its currency.
 */
export type Receivable = {
    /**
     * Clinic Id
     */
    clinic_id: string;
    /**
     * Invoice Id
     */
    invoice_id: string;
    /**
     * Patient Id
     *
     * Null for a reader who may not see whose it is; the digest covers it anyway.
     */
    patient_id: string | null;
    /**
     * Currency
     */
    currency: string;
    /**
     * Status
     */
    status: 'current' | 'overdue' | 'collection' | 'paid' | 'written_off' | 'voided' | 'credit';
    /**
     * In Collections
     */
    in_collections: boolean;
    /**
     * Payer Type
     *
     * Who owes.
     */
    payer_type: 'patient' | 'insurance' | 'other';
    /**
     * Issued On
     */
    issued_on: string;
    /**
     * Service Date
     */
    service_date: string | null;
    /**
     * Due On
     *
     * The oldest open date of a plan, else the due date.
     */
    due_on: string;
    /**
     * Voided On
     */
    voided_on: string | null;
    /**
     * Days Overdue
     *
     * Calendar days past due_on; zero or less: not due.
     */
    days_overdue: number;
    /**
     * Charge
     */
    charge: number;
    /**
     * Adjustments
     */
    adjustments: number;
    /**
     * Landed
     */
    landed: number;
    /**
     * Written Off
     *
     * The effective write-off.
     */
    written_off: number;
    /**
     * Balance
     */
    balance: number;
    buckets: BucketAmounts;
    /**
     * Provider
     */
    provider: string | null;
    /**
     * Category
     */
    category: string | null;
};

/**
 * ReceivableDetail
 *
 * One receivable with everything that happened to it.
 */
export type ReceivableDetail = {
    meta: Meta;
    receivable: Receivable;
    /**
     * Installments
     */
    installments: Array<OpenInstallment>;
    /**
     * Entries
     *
     * Legs and attempts that name or land on it.
     */
    entries: Array<HistoryEntry>;
    /**
     * Patient Url
     *
     * The patient in the practice's own system.
     */
    patient_url: string | null;
};

/**
 * Reconciliation
 *
 * The last comparison of a source with the reports, and its verdict.
 */
export type Reconciliation = {
    /**
     * Source
     *
     * The source that was held against the reports.
     */
    source: string;
    /**
     * Reconciliation Id
     */
    reconciliation_id: string;
    /**
     * Ended At
     */
    ended_at: string;
    /**
     * Watermark
     */
    watermark: string;
    /**
     * Matches
     */
    matches: boolean;
};

/**
 * RegisteredClinic
 *
 * A clinic as it is registered; unconfirmed if only its events have told of it.
 */
export type RegisteredClinic = {
    /**
     * Clinic Id
     */
    clinic_id: string;
    /**
     * Name
     */
    name: string | null;
    /**
     * Time Zone
     */
    time_zone: string;
    /**
     * Terms Days
     */
    terms_days: number;
    /**
     * Numeric Patient Ids
     */
    numeric_patient_ids: boolean;
    /**
     * Patient Url
     */
    patient_url: string | null;
    /**
     * Confirmed
     */
    confirmed: boolean;
};

/**
 * ReplayWanted
 *
 * What is put right before the record is judged again.
 */
export type ReplayWanted = {
    /**
     * Corrections
     */
    corrections?: {
        [key: string]: string | number;
    };
};

/**
 * RevenueComparison
 *
 * The same figures of the interval compared with, like for like.
 */
export type RevenueComparison = {
    /**
     * Kind
     */
    kind: 'previous_period' | 'previous_year';
    interval: Interval;
    /**
     * Series
     */
    series: Array<RevenueSeries>;
    /**
     * Totals
     */
    totals: Array<CurrencyTotals>;
};

/**
 * RevenueDocument
 *
 * The revenue report; `parameters` are those of its own route.
 */
export type RevenueDocument = {
    /**
     * Paper
     */
    paper?: 'letter' | 'a4';
    /**
     * Locale
     *
     * How figures and dates are written; the words are English.
     */
    locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
    /**
     * Format
     */
    format?: 'pdf';
    /**
     * Report
     */
    report: 'revenue';
    parameters?: RevenueParameters;
};

/**
 * RevenueParameters
 *
 * A question about revenue.
 */
export type RevenueParameters = {
    /**
     * As Of
     *
     * Business date to answer for; default today, later is refused.
     */
    as_of?: string | null;
    /**
     * Watermark
     *
     * `meta.watermark` of an earlier answer, to ask what was known then.
     */
    watermark?: string | null;
    /**
     * Start Date
     *
     * First day. Default: 30 days, 12 weeks, 12 months, 8 quarters or 5 years.
     */
    start_date?: string | null;
    /**
     * End Date
     *
     * Last day, included. Default: as_of.
     */
    end_date?: string | null;
    /**
     * Granularity
     */
    granularity?: 'day' | 'week' | 'month' | 'quarter' | 'year';
    /**
     * Clinic Id
     */
    clinic_id?: string | null;
    /**
     * Method
     */
    method?: string | null;
    /**
     * Payer Type
     */
    payer_type?: string | null;
    /**
     * Category
     */
    category?: string | null;
    /**
     * Provider
     */
    provider?: string | null;
    /**
     * Currency
     */
    currency?: string | null;
    /**
     * Breakdown
     *
     * One series per value of this.
     */
    breakdown?: 'clinic' | 'method' | 'payer_type' | 'category' | 'provider' | null;
    /**
     * Compare
     */
    compare?: 'none' | 'previous_period' | 'previous_year';
};

/**
 * RevenuePoint
 *
 * Figures of one period.
 */
export type RevenuePoint = {
    /**
     * Gross Payments
     */
    gross_payments: number;
    /**
     * Refunds
     */
    refunds: number;
    /**
     * Chargebacks
     */
    chargebacks: number;
    /**
     * Payment Corrections
     */
    payment_corrections: number;
    /**
     * Net Payments
     *
     * gross + corrections - refunds - chargebacks
     */
    net_payments: number;
    /**
     * Payment Count
     */
    payment_count: number;
    /**
     * Refund Count
     */
    refund_count: number;
    /**
     * Average Payment
     *
     * gross / payment_count, rounded half to even; null without payments.
     */
    average_payment: number | null;
    /**
     * Processor Fees
     *
     * In no other figure.
     */
    processor_fees: number;
    charge_side: ChargeSide;
    /**
     * Label
     *
     * First calendar day of the period.
     */
    label: string;
    /**
     * Partial
     *
     * Cut by the range, or not over yet.
     */
    partial: boolean;
};

/**
 * RevenueReport
 *
 * One series per currency (and group), totals per currency, and a comparison if asked for.
 */
export type RevenueReport = {
    meta: Meta;
    /**
     * Granularity
     */
    granularity: 'day' | 'week' | 'month' | 'quarter' | 'year';
    /**
     * Breakdown
     */
    breakdown: 'clinic' | 'method' | 'payer_type' | 'category' | 'provider' | null;
    /**
     * Series
     */
    series: Array<RevenueSeries>;
    /**
     * Totals
     */
    totals: Array<CurrencyTotals>;
    comparison: RevenueComparison | null;
};

/**
 * RevenueSeries
 *
 * One currency, and with a breakdown one value of its dimension; every period is present.
 */
export type RevenueSeries = {
    /**
     * Currency
     */
    currency: string;
    /**
     * Group
     *
     * Value of the breakdown's dimension.
     */
    group: string | null;
    totals: RevenueTotals;
    /**
     * Points
     */
    points: Array<RevenuePoint>;
};

/**
 * RevenueTotals
 *
 * Figures of one currency; amounts in minor units.
 */
export type RevenueTotals = {
    /**
     * Gross Payments
     */
    gross_payments: number;
    /**
     * Refunds
     */
    refunds: number;
    /**
     * Chargebacks
     */
    chargebacks: number;
    /**
     * Payment Corrections
     */
    payment_corrections: number;
    /**
     * Net Payments
     *
     * gross + corrections - refunds - chargebacks
     */
    net_payments: number;
    /**
     * Payment Count
     */
    payment_count: number;
    /**
     * Refund Count
     */
    refund_count: number;
    /**
     * Average Payment
     *
     * gross / payment_count, rounded half to even; null without payments.
     */
    average_payment: number | null;
    /**
     * Processor Fees
     *
     * In no other figure.
     */
    processor_fees: number;
    charge_side: ChargeSide;
};

/**
 * RevocationForm
 *
 * Which sign-in to end; without a token, the one of the cookie.
 */
export type RevocationForm = {
    /**
     * Token
     */
    token?: string | null;
};

/**
 * RollForward
 *
 * The receivables' way from one balance to the other; it closes, which is asserted.
 */
export type RollForward = {
    /**
     * Opening
     *
     * outstanding - overpaid the day before.
     */
    opening: number;
    /**
     * Charges
     */
    charges: number;
    /**
     * Charge Corrections
     */
    charge_corrections: number;
    /**
     * Contractual Adjustments
     *
     * Above zero when they lower what is owed.
     */
    contractual_adjustments: number;
    /**
     * Other Adjustments
     *
     * Above zero when they lower what is owed.
     */
    other_adjustments: number;
    /**
     * Voids
     */
    voids: number;
    /**
     * Write Offs
     */
    write_offs: number;
    /**
     * Recoveries
     */
    recoveries: number;
    /**
     * Landed
     */
    landed: number;
    /**
     * Closing
     *
     * opening + charges + corrections - contractual - other - voids - write_offs + recoveries - landed = outstanding - overpaid on the last day.
     */
    closing: number;
};

/**
 * Run
 *
 * One run.
 */
export type Run = {
    /**
     * Run Id
     */
    run_id: string;
    /**
     * Source
     *
     * What was read.
     */
    source: string;
    /**
     * Mode
     */
    mode: 'import' | 'incremental' | 'range' | 'full' | 'reconcile';
    /**
     * Status
     */
    status: 'queued' | 'running' | 'completed' | 'failed' | 'stopped';
    /**
     * Started By
     */
    started_by: string;
    /**
     * Queued At
     */
    queued_at: string;
    /**
     * Started At
     */
    started_at: string | null;
    /**
     * Ended At
     */
    ended_at: string | null;
    /**
     * Duration Seconds
     */
    duration_seconds: number | null;
    /**
     * From Date
     *
     * First day of a range.
     */
    from_date: string | null;
    /**
     * To Date
     */
    to_date: string | null;
    /**
     * Expected
     *
     * Rows the source has in all.
     */
    expected: number | null;
    /**
     * Read
     */
    read: number;
    /**
     * Published
     *
     * Events that Kafka has acknowledged.
     */
    published: number;
    /**
     * Unchanged
     */
    unchanged: number;
    /**
     * Deleted
     */
    deleted: number;
    /**
     * Quarantined
     */
    quarantined: number;
    /**
     * Data Through
     *
     * Latest change among the rows read.
     */
    data_through: string | null;
    /**
     * Lag Seconds
     *
     * Between the latest change read and the end of the run.
     */
    lag_seconds: number | null;
    /**
     * Cancel Requested By
     */
    cancel_requested_by: string | null;
    /**
     * Error
     */
    error: string | null;
    /**
     * Reports Stopped
     *
     * Why the reports stand still before they hold all that this run told: too much is refused, and a person has to accept it. Null while they go on.
     */
    reports_stopped: string | null;
    /**
     * Null until the reports have passed the run's last record.
     */
    reconciliation: RunReconciliation | null;
};

/**
 * RunAccepted
 *
 * The run that has begun.
 */
export type RunAccepted = {
    /**
     * Run Id
     */
    run_id: string;
    /**
     * Status
     */
    status?: 'running';
    /**
     * Run
     *
     * Where to watch it.
     */
    run: string;
};

/**
 * RunList
 *
 * Runs, the latest first.
 */
export type RunList = {
    /**
     * Runs
     */
    runs: Array<Run>;
    /**
     * Before
     *
     * Ask with it for the page after this one.
     */
    before: string | null;
};

/**
 * RunReconciliation
 *
 * The comparison of what a run read with what the reports hold, at the run's last record.
 */
export type RunReconciliation = {
    /**
     * Reconciliation Id
     */
    reconciliation_id: string;
    /**
     * Ended At
     */
    ended_at: string;
    /**
     * Matches
     */
    matches: boolean;
    /**
     * Difference Count
     */
    difference_count: number;
    /**
     * Books
     *
     * Of all the source's clinics: for accounts that may see every clinic.
     */
    books: Array<BookTotals>;
    /**
     * Differences
     *
     * The first hundred; as `books`.
     */
    differences: Array<DayDifference>;
};

/**
 * RunWanted
 *
 * What to run.
 */
export type RunWanted = {
    /**
     * Mode
     *
     * incremental: what is new or changed; range: the rows of some days; full: every row; reconcile: only days whose counts differ, and totals.
     */
    mode?: 'incremental' | 'range' | 'full' | 'reconcile';
    /**
     * Start Date
     *
     * First day of a range.
     */
    start_date?: string | null;
    /**
     * End Date
     *
     * Last day of a range, inclusive.
     */
    end_date?: string | null;
    /**
     * Accept Refusals
     *
     * Go on however many rows are refused.
     */
    accept_refusals?: boolean;
    /**
     * Accept Deletions
     *
     * Take rows back however many are gone.
     */
    accept_deletions?: boolean;
};

/**
 * Sum
 *
 * An amount in minor units, and how many things make it up.
 */
export type Sum = {
    /**
     * Amount
     */
    amount: number;
    /**
     * Count
     */
    count: number;
};

/**
 * SuppressedCharges
 *
 * What was asked for, apart from what was paid; amounts in minor units, null if hidden.
 */
export type SuppressedCharges = {
    /**
     * Charges
     */
    charges: number | null;
    /**
     * Charge Count
     */
    charge_count: number | null;
    /**
     * Charge Corrections
     */
    charge_corrections: number | null;
    /**
     * Contractual Adjustments
     */
    contractual_adjustments: number | null;
    /**
     * Other Adjustments
     */
    other_adjustments: number | null;
    /**
     * Voids
     */
    voids: number | null;
    /**
     * Write Offs
     */
    write_offs: number | null;
    /**
     * Net Charges
     *
     * Null if any part of it is hidden.
     */
    net_charges: number | null;
};

/**
 * SuppressedCurrency
 *
 * One currency over all groups: the sums of the range, and of each period.
 */
export type SuppressedCurrency = {
    /**
     * Currency
     */
    currency: string;
    /**
     * Null where any period is.
     */
    totals: SuppressedTotals;
    /**
     * Points
     */
    points: Array<SuppressedPoint>;
};

/**
 * SuppressedParameters
 *
 * Which periods: whole ones that are over; there are no filters, which would tell apart.
 */
export type SuppressedParameters = {
    /**
     * Start Date
     *
     * First day of a period. Default: 12 months, 8 quarters or 5 years back.
     */
    start_date?: string | null;
    /**
     * End Date
     *
     * Last day of a period. Default: that of the last one that is over.
     */
    end_date?: string | null;
    /**
     * Granularity
     */
    granularity?: 'month' | 'quarter' | 'year';
    /**
     * Breakdown
     *
     * One series per value of this.
     */
    breakdown?: 'clinic' | 'method' | 'payer_type' | 'category' | 'provider' | null;
};

/**
 * SuppressedPoint
 *
 * Figures of one period; of a quarter or year null if hidden in any month of it.
 */
export type SuppressedPoint = {
    /**
     * Gross Payments
     */
    gross_payments: number | null;
    /**
     * Refunds
     */
    refunds: number | null;
    /**
     * Chargebacks
     */
    chargebacks: number | null;
    /**
     * Payment Corrections
     */
    payment_corrections: number | null;
    /**
     * Net Payments
     *
     * Null if any part of it is hidden.
     */
    net_payments: number | null;
    /**
     * Payment Count
     */
    payment_count: number | null;
    /**
     * Refund Count
     */
    refund_count: number | null;
    /**
     * Average Payment
     *
     * Null without payments as well.
     */
    average_payment: number | null;
    /**
     * Processor Fees
     */
    processor_fees: number | null;
    charge_side: SuppressedCharges;
    /**
     * Label
     *
     * First calendar day of the period.
     */
    label: string;
};

/**
 * SuppressedReport
 *
 * Revenue of whole periods, with the figures of few patients hidden.
 */
export type SuppressedReport = {
    meta: Meta;
    /**
     * Profile
     */
    profile?: 'suppressed';
    /**
     * Statement
     *
     * What the profile does, and what it does not.
     */
    statement: string;
    /**
     * Patients Min
     *
     * Figures of fewer patients, but of any, are hidden.
     */
    patients_min: number;
    /**
     * Granularity
     */
    granularity: 'month' | 'quarter' | 'year';
    /**
     * Breakdown
     */
    breakdown: 'clinic' | 'method' | 'payer_type' | 'category' | 'provider' | null;
    /**
     * Hidden Count
     *
     * How many figures of months are hidden, those of all groups together included.
     */
    hidden_count: number;
    /**
     * Series
     *
     * Empty without a breakdown.
     */
    series: Array<SuppressedSeries>;
    /**
     * Totals
     */
    totals: Array<SuppressedCurrency>;
};

/**
 * SuppressedRevenueDocument
 *
 * Revenue in the profile `suppressed`; `parameters` are those of its own route.
 */
export type SuppressedRevenueDocument = {
    /**
     * Paper
     */
    paper?: 'letter' | 'a4';
    /**
     * Locale
     *
     * How figures and dates are written; the words are English.
     */
    locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
    /**
     * Format
     */
    format?: 'pdf';
    /**
     * Report
     */
    report: 'suppressed_revenue';
    parameters?: SuppressedParameters;
};

/**
 * SuppressedSeries
 *
 * One currency, and with a breakdown one value of its dimension; every period is present.
 */
export type SuppressedSeries = {
    /**
     * Currency
     */
    currency: string;
    /**
     * Group
     *
     * Value of the breakdown's dimension.
     */
    group: string | null;
    /**
     * Null where any period is.
     */
    totals: SuppressedTotals;
    /**
     * Points
     */
    points: Array<SuppressedPoint>;
};

/**
 * SuppressedTotals
 *
 * Figures as in the revenue report; amounts in minor units, null if hidden.
 */
export type SuppressedTotals = {
    /**
     * Gross Payments
     */
    gross_payments: number | null;
    /**
     * Refunds
     */
    refunds: number | null;
    /**
     * Chargebacks
     */
    chargebacks: number | null;
    /**
     * Payment Corrections
     */
    payment_corrections: number | null;
    /**
     * Net Payments
     *
     * Null if any part of it is hidden.
     */
    net_payments: number | null;
    /**
     * Payment Count
     */
    payment_count: number | null;
    /**
     * Refund Count
     */
    refund_count: number | null;
    /**
     * Average Payment
     *
     * Null without payments as well.
     */
    average_payment: number | null;
    /**
     * Processor Fees
     */
    processor_fees: number | null;
    charge_side: SuppressedCharges;
};

/**
 * TokenAnswer
 *
 * An access token, and with a user's sign-in a refresh token (or its cookie).
 */
export type TokenAnswer = {
    /**
     * Access Token
     */
    access_token: string;
    /**
     * Token Type
     */
    token_type?: 'Bearer';
    /**
     * Expires In
     *
     * Seconds until the access token ends.
     */
    expires_in: number;
    /**
     * Refresh Token
     */
    refresh_token?: string | null;
    /**
     * Scope
     */
    scope?: string | null;
};

/**
 * TokenForm
 *
 * A token request; which fields count depends on `grant_type`.
 */
export type TokenForm = {
    /**
     * Grant Type
     *
     * password, refresh_token or client_credentials
     */
    grant_type?: string | null;
    /**
     * Username
     */
    username?: string | null;
    /**
     * Password
     */
    password?: string | null;
    /**
     * Refresh Token
     */
    refresh_token?: string | null;
    /**
     * Client Id
     */
    client_id?: string | null;
    /**
     * Client Secret
     */
    client_secret?: string | null;
    /**
     * Scope
     */
    scope?: string | null;
    /**
     * Refresh Token Delivery
     *
     * `cookie` puts the refresh token in an HttpOnly cookie, for browsers.
     */
    refresh_token_delivery?: string | null;
};

/**
 * A problem document (RFC 9457); it repeats nothing of the request.
 */
export type Problem = {
    type: string;
    title: string;
    status: number;
    detail: string;
    instance: string;
    request_id: string;
    trace_id?: string;
    /**
     * The parameter to change.
     */
    parameter?: string;
    /**
     * A code of RFC 6749, at the token endpoint.
     */
    error?: string;
    errors?: Array<{
        location: string;
        field: string;
        problem: string;
    }>;
};

export type CreateTokenData = {
    body: TokenForm;
    path?: never;
    query?: never;
    url: '/api/v1/auth/token';
};

export type CreateTokenErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type CreateTokenError = CreateTokenErrors[keyof CreateTokenErrors];

export type CreateTokenResponses = {
    /**
     * Successful Response
     */
    200: TokenAnswer;
};

export type CreateTokenResponse = CreateTokenResponses[keyof CreateTokenResponses];

export type RevokeTokenData = {
    body: RevocationForm;
    path?: never;
    query?: never;
    url: '/api/v1/auth/revoke';
};

export type RevokeTokenErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type RevokeTokenError = RevokeTokenErrors[keyof RevokeTokenErrors];

export type RevokeTokenResponses = {
    /**
     * Successful Response
     */
    200: unknown;
};

export type ListProvidersData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/auth/providers';
};

export type ListProvidersErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListProvidersError = ListProvidersErrors[keyof ListProvidersErrors];

export type ListProvidersResponses = {
    /**
     * Successful Response
     */
    200: Providers;
};

export type ListProvidersResponse = ListProvidersResponses[keyof ListProvidersResponses];

export type GetAccountData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/account';
};

export type GetAccountErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetAccountError = GetAccountErrors[keyof GetAccountErrors];

export type GetAccountResponses = {
    /**
     * Successful Response
     */
    200: Account;
};

export type GetAccountResponse = GetAccountResponses[keyof GetAccountResponses];

export type GetRevenueData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: {
        /**
         * Paper
         */
        paper?: 'letter' | 'a4';
        /**
         * Locale
         *
         * How figures and dates are written; the words are English.
         */
        locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
        /**
         * Format
         *
         * `pdf` answers 202 with an export of every row; `limit` means nothing then.
         */
        format?: 'json' | 'pdf';
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Start Date
         *
         * First day. Default: 30 days, 12 weeks, 12 months, 8 quarters or 5 years.
         */
        start_date?: string | null;
        /**
         * End Date
         *
         * Last day, included. Default: as_of.
         */
        end_date?: string | null;
        /**
         * Granularity
         */
        granularity?: 'day' | 'week' | 'month' | 'quarter' | 'year';
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
        /**
         * Method
         */
        method?: string | null;
        /**
         * Payer Type
         */
        payer_type?: string | null;
        /**
         * Category
         */
        category?: string | null;
        /**
         * Provider
         */
        provider?: string | null;
        /**
         * Currency
         */
        currency?: string | null;
        /**
         * Breakdown
         *
         * One series per value of this.
         */
        breakdown?: 'clinic' | 'method' | 'payer_type' | 'category' | 'provider' | null;
        /**
         * Compare
         */
        compare?: 'none' | 'previous_period' | 'previous_year';
    };
    url: '/api/v1/reports/revenue';
};

export type GetRevenueErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetRevenueError = GetRevenueErrors[keyof GetRevenueErrors];

export type GetRevenueResponses = {
    /**
     * Successful Response
     */
    200: RevenueReport;
    /**
     * With `format=pdf`: the export that was asked for.
     */
    202: ExportStatus;
};

export type GetRevenueResponse = GetRevenueResponses[keyof GetRevenueResponses];

export type GetSuppressedRevenueData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: {
        /**
         * Paper
         */
        paper?: 'letter' | 'a4';
        /**
         * Locale
         *
         * How figures and dates are written; the words are English.
         */
        locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
        /**
         * Format
         *
         * `pdf` answers 202 with an export of every row; `limit` means nothing then.
         */
        format?: 'json' | 'pdf';
        /**
         * Start Date
         *
         * First day of a period. Default: 12 months, 8 quarters or 5 years back.
         */
        start_date?: string | null;
        /**
         * End Date
         *
         * Last day of a period. Default: that of the last one that is over.
         */
        end_date?: string | null;
        /**
         * Granularity
         */
        granularity?: 'month' | 'quarter' | 'year';
        /**
         * Breakdown
         *
         * One series per value of this.
         */
        breakdown?: 'clinic' | 'method' | 'payer_type' | 'category' | 'provider' | null;
    };
    url: '/api/v1/reports/revenue/suppressed';
};

export type GetSuppressedRevenueErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetSuppressedRevenueError = GetSuppressedRevenueErrors[keyof GetSuppressedRevenueErrors];

export type GetSuppressedRevenueResponses = {
    /**
     * Successful Response
     */
    200: SuppressedReport;
    /**
     * With `format=pdf`: the export that was asked for.
     */
    202: ExportStatus;
};

export type GetSuppressedRevenueResponse = GetSuppressedRevenueResponses[keyof GetSuppressedRevenueResponses];

export type FollowUpdatesData = {
    body?: never;
    headers?: {
        /**
         * Last-Event-Id
         *
         * `id` of the last event seen, to go on behind it.
         */
        'Last-Event-ID'?: string | null;
    };
    path?: never;
    query?: never;
    url: '/api/v1/reports/updates';
};

export type FollowUpdatesErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type FollowUpdatesError = FollowUpdatesErrors[keyof FollowUpdatesErrors];

export type FollowUpdatesResponses = {
    /**
     * `report-update`: one clinic's reports changed for these business dates, up to this watermark. `reset`: updates were missed; load what is shown anew. Each has an `id`, to be sent back as `Last-Event-ID`. Comments keep the connection open.
     */
    200: string;
};

export type FollowUpdatesResponse = FollowUpdatesResponses[keyof FollowUpdatesResponses];

export type GetIndicatorsData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: {
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Start Date
         *
         * First day. Default: that of the month eleven months before.
         */
        start_date?: string | null;
        /**
         * End Date
         *
         * Last day, included. Default: as_of.
         */
        end_date?: string | null;
        /**
         * Granularity
         *
         * The periods of the trend.
         */
        granularity?: 'day' | 'week' | 'month' | 'quarter' | 'year';
        /**
         * Days
         *
         * N of days in A/R: charges of N days.
         */
        days?: number;
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
        /**
         * Currency
         */
        currency?: string | null;
    };
    url: '/api/v1/reports/indicators';
};

export type GetIndicatorsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetIndicatorsError = GetIndicatorsErrors[keyof GetIndicatorsErrors];

export type GetIndicatorsResponses = {
    /**
     * Successful Response
     */
    200: IndicatorsReport;
};

export type GetIndicatorsResponse = GetIndicatorsResponses[keyof GetIndicatorsResponses];

export type ExplainFigureData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query: {
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Limit
         *
         * Rows of a page.
         */
        limit?: number;
        /**
         * Cursor
         *
         * `page.next` of the page before; it keeps as-of day and watermark.
         */
        cursor?: string | null;
        /**
         * Metric
         *
         * Id of the metric in the catalog.
         */
        metric: 'gross_payments' | 'refunds' | 'chargebacks' | 'payment_corrections' | 'net_payments' | 'payment_count' | 'refund_count' | 'processor_fees' | 'charges' | 'charge_count' | 'charge_corrections' | 'contractual_adjustments' | 'other_adjustments' | 'voids' | 'write_offs' | 'net_charges' | 'outstanding' | 'overpaid' | 'unapplied_credits' | 'deficits' | 'receivable_balance' | 'patient_balance' | 'net_collection_rate' | 'gross_collection_rate' | 'days_in_ar' | 'aged_ar_rate' | 'payer_mix_charges' | 'payer_mix_payments' | 'bad_debt' | 'roll_forward';
        /**
         * Currency
         */
        currency: string;
        /**
         * Component
         *
         * Which amount of an indicator; by default its numerator.
         */
        component?: 'landed' | 'charges' | 'outstanding' | 'over_90' | 'payer' | 'total' | 'write_offs' | 'recoveries' | 'opening' | 'charge_corrections' | 'contractual_adjustments' | 'other_adjustments' | 'voids' | 'closing' | null;
        /**
         * Start Date
         *
         * First day of a period figure.
         */
        start_date?: string | null;
        /**
         * End Date
         *
         * Last day of a period figure.
         */
        end_date?: string | null;
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
        /**
         * Method
         */
        method?: string | null;
        /**
         * Payer Type
         */
        payer_type?: string | null;
        /**
         * Category
         */
        category?: string | null;
        /**
         * Provider
         */
        provider?: string | null;
        /**
         * Basis
         */
        basis?: 'due_date' | 'service_date' | 'issued_on' | null;
        /**
         * Bucket
         *
         * One bucket of `outstanding`.
         */
        bucket?: 'current' | '1-30' | '31-60' | '61-90' | 'over_90' | null;
        /**
         * Days
         *
         * N of days in A/R.
         */
        days?: number;
        /**
         * Patient Id
         *
         * Of `patient_balance`.
         */
        patient_id?: string | null;
        /**
         * Invoice Id
         *
         * Of `receivable_balance`.
         */
        invoice_id?: string | null;
    };
    url: '/api/v1/reports/explain';
};

export type ExplainFigureErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ExplainFigureError = ExplainFigureErrors[keyof ExplainFigureErrors];

export type ExplainFigureResponses = {
    /**
     * Successful Response
     */
    200: Explanation;
};

export type ExplainFigureResponse = ExplainFigureResponses[keyof ExplainFigureResponses];

export type FindPatientData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query: {
        /**
         * Patient Id
         */
        patient_id: string;
    };
    url: '/api/v1/reports/patients';
};

export type FindPatientErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type FindPatientError = FindPatientErrors[keyof FindPatientErrors];

export type FindPatientResponses = {
    /**
     * Successful Response
     */
    200: PatientsReport;
};

export type FindPatientResponse = FindPatientResponses[keyof FindPatientResponses];

export type SearchPatientsData = {
    body: NameSearch;
    path?: never;
    query?: never;
    url: '/api/v1/reports/patients/search';
};

export type SearchPatientsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type SearchPatientsError = SearchPatientsErrors[keyof SearchPatientsErrors];

export type SearchPatientsResponses = {
    /**
     * Successful Response
     */
    200: PatientsReport;
};

export type SearchPatientsResponse = SearchPatientsResponses[keyof SearchPatientsResponses];

export type GetPatientHistoryData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * Patient Id
         */
        patient_id: string;
    };
    query?: {
        /**
         * Paper
         */
        paper?: 'letter' | 'a4';
        /**
         * Locale
         *
         * How figures and dates are written; the words are English.
         */
        locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
        /**
         * Format
         *
         * `pdf` answers 202 with an export of every row; `limit` means nothing then.
         */
        format?: 'json' | 'pdf';
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Limit
         *
         * Rows of a page.
         */
        limit?: number;
        /**
         * Cursor
         *
         * `page.next` of the page before; it keeps as-of day and watermark.
         */
        cursor?: string | null;
        /**
         * Start Date
         */
        start_date?: string | null;
        /**
         * End Date
         */
        end_date?: string | null;
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
        /**
         * Payment Status
         */
        payment_status?: string | null;
        /**
         * Invoice Status
         */
        invoice_status?: string | null;
    };
    url: '/api/v1/reports/patients/{patient_id}/history';
};

export type GetPatientHistoryErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetPatientHistoryError = GetPatientHistoryErrors[keyof GetPatientHistoryErrors];

export type GetPatientHistoryResponses = {
    /**
     * Successful Response
     */
    200: HistoryReport;
    /**
     * With `format=pdf`: the export that was asked for.
     */
    202: ExportStatus;
};

export type GetPatientHistoryResponse = GetPatientHistoryResponses[keyof GetPatientHistoryResponses];

export type ListOutstandingData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: {
        /**
         * Paper
         */
        paper?: 'letter' | 'a4';
        /**
         * Locale
         *
         * How figures and dates are written; the words are English.
         */
        locale?: 'en-AU' | 'en-CA' | 'en-GB' | 'en-IE' | 'en-IN' | 'en-NZ' | 'en-US' | 'en-ZA';
        /**
         * Format
         *
         * `pdf` answers 202 with an export of every row; `limit` means nothing then.
         */
        format?: 'json' | 'pdf';
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Limit
         *
         * Rows of a page.
         */
        limit?: number;
        /**
         * Cursor
         *
         * `page.next` of the page before; it keeps as-of day and watermark.
         */
        cursor?: string | null;
        /**
         * Basis
         */
        basis?: 'due_date' | 'service_date' | 'issued_on';
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
        /**
         * Currency
         */
        currency?: string | null;
        /**
         * Patient Id
         */
        patient_id?: string | null;
        /**
         * Payer Type
         */
        payer_type?: string | null;
        /**
         * Status
         */
        status?: string | null;
        /**
         * Bucket
         */
        bucket?: string | null;
        /**
         * Balance From
         *
         * Minor units, included.
         */
        balance_from?: number | null;
        /**
         * Balance To
         *
         * Minor units, included.
         */
        balance_to?: number | null;
        /**
         * Days Overdue From
         */
        days_overdue_from?: number | null;
        /**
         * Days Overdue To
         */
        days_overdue_to?: number | null;
        /**
         * Sort
         */
        sort?: 'due_on' | 'balance' | 'issued_on' | 'patient_id' | 'invoice_id';
        /**
         * Order
         */
        order?: 'ascending' | 'descending';
    };
    url: '/api/v1/reports/outstanding';
};

export type ListOutstandingErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListOutstandingError = ListOutstandingErrors[keyof ListOutstandingErrors];

export type ListOutstandingResponses = {
    /**
     * Successful Response
     */
    200: OutstandingReport;
    /**
     * With `format=pdf`: the export that was asked for.
     */
    202: ExportStatus;
};

export type ListOutstandingResponse = ListOutstandingResponses[keyof ListOutstandingResponses];

export type SummarizeOutstandingData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: {
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Basis
         */
        basis?: 'due_date' | 'service_date' | 'issued_on';
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
        /**
         * Currency
         */
        currency?: string | null;
        /**
         * Patient Id
         */
        patient_id?: string | null;
        /**
         * Payer Type
         */
        payer_type?: string | null;
        /**
         * Status
         */
        status?: string | null;
        /**
         * Bucket
         */
        bucket?: string | null;
        /**
         * Balance From
         *
         * Minor units, included.
         */
        balance_from?: number | null;
        /**
         * Balance To
         *
         * Minor units, included.
         */
        balance_to?: number | null;
        /**
         * Days Overdue From
         */
        days_overdue_from?: number | null;
        /**
         * Days Overdue To
         */
        days_overdue_to?: number | null;
    };
    url: '/api/v1/reports/outstanding/summary';
};

export type SummarizeOutstandingErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type SummarizeOutstandingError = SummarizeOutstandingErrors[keyof SummarizeOutstandingErrors];

export type SummarizeOutstandingResponses = {
    /**
     * Successful Response
     */
    200: OutstandingSummary;
};

export type SummarizeOutstandingResponse = SummarizeOutstandingResponses[keyof SummarizeOutstandingResponses];

export type ListExceptionsData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: {
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Limit
         *
         * Rows of a page.
         */
        limit?: number;
        /**
         * Cursor
         *
         * `page.next` of the page before; it keeps as-of day and watermark.
         */
        cursor?: string | null;
        /**
         * Kind
         */
        kind?: string | null;
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
    };
    url: '/api/v1/reports/outstanding/exceptions';
};

export type ListExceptionsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListExceptionsError = ListExceptionsErrors[keyof ListExceptionsErrors];

export type ListExceptionsResponses = {
    /**
     * Successful Response
     */
    200: ExceptionsReport;
};

export type ListExceptionsResponse = ListExceptionsResponses[keyof ListExceptionsResponses];

export type GetReceivableData = {
    body?: never;
    headers?: {
        /**
         * `ETag` of an answer still held; 304 says that it is the present one.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query: {
        /**
         * As Of
         *
         * Business date to answer for; default today, later is refused.
         */
        as_of?: string | null;
        /**
         * Watermark
         *
         * `meta.watermark` of an earlier answer, to ask what was known then.
         */
        watermark?: string | null;
        /**
         * Clinic Id
         */
        clinic_id: string;
        /**
         * Invoice Id
         */
        invoice_id: string;
        /**
         * Basis
         */
        basis?: 'due_date' | 'service_date' | 'issued_on';
    };
    url: '/api/v1/reports/outstanding/detail';
};

export type GetReceivableErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetReceivableError = GetReceivableErrors[keyof GetReceivableErrors];

export type GetReceivableResponses = {
    /**
     * Successful Response
     */
    200: ReceivableDetail;
};

export type GetReceivableResponse = GetReceivableResponses[keyof GetReceivableResponses];

export type ListMetricsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/reports/metrics';
};

export type ListMetricsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListMetricsError = ListMetricsErrors[keyof ListMetricsErrors];

export type ListMetricsResponses = {
    /**
     * Successful Response
     */
    200: MetricCatalog;
};

export type ListMetricsResponse = ListMetricsResponses[keyof ListMetricsResponses];

export type FollowExportData = {
    body?: never;
    path: {
        /**
         * Export Id
         */
        export_id: string;
    };
    query?: never;
    url: '/api/v1/reports/exports/{export_id}/events';
};

export type FollowExportErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type FollowExportError = FollowExportErrors[keyof FollowExportErrors];

export type FollowExportResponses = {
    /**
     * `export`: state and progress in percent, whenever one of them changes; the last one says how it ended. Comments keep the connection open.
     */
    200: string;
};

export type FollowExportResponse = FollowExportResponses[keyof FollowExportResponses];

export type ListExportsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Limit
         *
         * Exports of a page.
         */
        limit?: number;
        /**
         * Before
         */
        before?: string | null;
    };
    url: '/api/v1/reports/exports';
};

export type ListExportsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListExportsError = ListExportsErrors[keyof ListExportsErrors];

export type ListExportsResponses = {
    /**
     * Successful Response
     */
    200: ExportList;
};

export type ListExportsResponse = ListExportsResponses[keyof ListExportsResponses];

export type CreateExportData = {
    /**
     * Wanted
     */
    body: ({
        report: 'revenue';
    } & RevenueDocument) | ({
        report: 'suppressed_revenue';
    } & SuppressedRevenueDocument) | ({
        report: 'history';
    } & HistoryDocument) | ({
        report: 'outstanding';
    } & OutstandingDocument);
    headers?: {
        /**
         * Idempotency-Key
         *
         * Up to 128 printable ASCII characters; kept for 24 hours.
         */
        'Idempotency-Key'?: string | null;
    };
    path?: never;
    query?: never;
    url: '/api/v1/reports/exports';
};

export type CreateExportErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type CreateExportError = CreateExportErrors[keyof CreateExportErrors];

export type CreateExportResponses = {
    /**
     * Successful Response
     */
    202: ExportStatus;
};

export type CreateExportResponse = CreateExportResponses[keyof CreateExportResponses];

export type RetryExportData = {
    body?: never;
    path: {
        /**
         * Export Id
         */
        export_id: string;
    };
    query?: never;
    url: '/api/v1/reports/exports/{export_id}/retry';
};

export type RetryExportErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type RetryExportError = RetryExportErrors[keyof RetryExportErrors];

export type RetryExportResponses = {
    /**
     * Successful Response
     */
    202: ExportStatus;
};

export type RetryExportResponse = RetryExportResponses[keyof RetryExportResponses];

export type CancelExportData = {
    body?: never;
    path: {
        /**
         * Export Id
         */
        export_id: string;
    };
    query?: never;
    url: '/api/v1/reports/exports/{export_id}';
};

export type CancelExportErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type CancelExportError = CancelExportErrors[keyof CancelExportErrors];

export type CancelExportResponses = {
    /**
     * Successful Response
     */
    204: void;
};

export type CancelExportResponse = CancelExportResponses[keyof CancelExportResponses];

export type GetExportData = {
    body?: never;
    path: {
        /**
         * Export Id
         */
        export_id: string;
    };
    query?: never;
    url: '/api/v1/reports/exports/{export_id}';
};

export type GetExportErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetExportError = GetExportErrors[keyof GetExportErrors];

export type GetExportResponses = {
    /**
     * Successful Response
     */
    200: ExportStatus;
};

export type GetExportResponse = GetExportResponses[keyof GetExportResponses];

export type StartRunData = {
    body: RunWanted;
    path?: never;
    query?: never;
    url: '/api/v1/reports/etl/run';
};

export type StartRunErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type StartRunError = StartRunErrors[keyof StartRunErrors];

export type StartRunResponses = {
    /**
     * Successful Response
     */
    202: RunAccepted;
};

export type StartRunResponse = StartRunResponses[keyof StartRunResponses];

export type ListRunsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Limit
         *
         * Runs of a page.
         */
        limit?: number;
        /**
         * Before
         */
        before?: string | null;
        /**
         * Source
         */
        source?: string | null;
        /**
         * Status
         */
        status?: 'queued' | 'running' | 'completed' | 'failed' | 'stopped' | null;
    };
    url: '/api/v1/reports/etl/runs';
};

export type ListRunsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListRunsError = ListRunsErrors[keyof ListRunsErrors];

export type ListRunsResponses = {
    /**
     * Successful Response
     */
    200: RunList;
};

export type ListRunsResponse = ListRunsResponses[keyof ListRunsResponses];

export type GetRunData = {
    body?: never;
    path: {
        /**
         * Run Id
         */
        run_id: string;
    };
    query?: never;
    url: '/api/v1/reports/etl/runs/{run_id}';
};

export type GetRunErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetRunError = GetRunErrors[keyof GetRunErrors];

export type GetRunResponses = {
    /**
     * Successful Response
     */
    200: Run;
};

export type GetRunResponse = GetRunResponses[keyof GetRunResponses];

export type CancelRunData = {
    body?: never;
    path: {
        /**
         * Run Id
         */
        run_id: string;
    };
    query?: never;
    url: '/api/v1/reports/etl/runs/{run_id}/cancel';
};

export type CancelRunErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type CancelRunError = CancelRunErrors[keyof CancelRunErrors];

export type CancelRunResponses = {
    /**
     * Successful Response
     */
    202: Run;
};

export type CancelRunResponse = CancelRunResponses[keyof CancelRunResponses];

export type ListQuarantineData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Limit
         *
         * Records of a page.
         */
        limit?: number;
        /**
         * Before
         */
        before?: number | null;
        /**
         * Source
         */
        source?: string | null;
        /**
         * Reason
         */
        reason?: string | null;
        /**
         * Status
         */
        status?: 'open' | 'replayed' | 'dismissed' | null;
    };
    url: '/api/v1/reports/quarantine';
};

export type ListQuarantineErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListQuarantineError = ListQuarantineErrors[keyof ListQuarantineErrors];

export type ListQuarantineResponses = {
    /**
     * Successful Response
     */
    200: QuarantineList;
};

export type ListQuarantineResponse = ListQuarantineResponses[keyof ListQuarantineResponses];

export type GetQuarantinedData = {
    body?: never;
    path: {
        /**
         * Quarantine Id
         */
        quarantine_id: number;
    };
    query?: never;
    url: '/api/v1/reports/quarantine/{quarantine_id}';
};

export type GetQuarantinedErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetQuarantinedError = GetQuarantinedErrors[keyof GetQuarantinedErrors];

export type GetQuarantinedResponses = {
    /**
     * Successful Response
     */
    200: QuarantinedRecord;
};

export type GetQuarantinedResponse = GetQuarantinedResponses[keyof GetQuarantinedResponses];

export type ReplayQuarantinedData = {
    body: ReplayWanted;
    path: {
        /**
         * Quarantine Id
         */
        quarantine_id: number;
    };
    query?: never;
    url: '/api/v1/reports/quarantine/{quarantine_id}/replay';
};

export type ReplayQuarantinedErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ReplayQuarantinedError = ReplayQuarantinedErrors[keyof ReplayQuarantinedErrors];

export type ReplayQuarantinedResponses = {
    /**
     * Successful Response
     */
    200: QuarantinedRecord;
};

export type ReplayQuarantinedResponse = ReplayQuarantinedResponses[keyof ReplayQuarantinedResponses];

export type DismissQuarantinedData = {
    body: DismissalWanted;
    path: {
        /**
         * Quarantine Id
         */
        quarantine_id: number;
    };
    query?: never;
    url: '/api/v1/reports/quarantine/{quarantine_id}/dismiss';
};

export type DismissQuarantinedErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type DismissQuarantinedError = DismissQuarantinedErrors[keyof DismissQuarantinedErrors];

export type DismissQuarantinedResponses = {
    /**
     * Successful Response
     */
    200: QuarantinedRecord;
};

export type DismissQuarantinedResponse = DismissQuarantinedResponses[keyof DismissQuarantinedResponses];

export type DownloadExportData = {
    body?: never;
    path: {
        /**
         * Export Id
         */
        export_id: string;
    };
    query: {
        /**
         * Kind
         */
        kind: 'user' | 'client';
        /**
         * Owner
         */
        owner: string;
        /**
         * Expires
         */
        expires: number;
        /**
         * Signature
         */
        signature: string;
    };
    url: '/api/v1/files/{export_id}';
};

export type DownloadExportErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type DownloadExportError = DownloadExportErrors[keyof DownloadExportErrors];

export type DownloadExportResponses = {
    /**
     * The document.
     */
    200: Blob | File;
};

export type DownloadExportResponse = DownloadExportResponses[keyof DownloadExportResponses];

export type ListClinicsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/clinics';
};

export type ListClinicsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListClinicsError = ListClinicsErrors[keyof ListClinicsErrors];

export type ListClinicsResponses = {
    /**
     * Successful Response
     */
    200: ClinicList;
};

export type ListClinicsResponse = ListClinicsResponses[keyof ListClinicsResponses];

export type GetClinicData = {
    body?: never;
    path: {
        /**
         * Clinic Id
         */
        clinic_id: string;
    };
    query?: never;
    url: '/api/v1/clinics/{clinic_id}';
};

export type GetClinicErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetClinicError = GetClinicErrors[keyof GetClinicErrors];

export type GetClinicResponses = {
    /**
     * Successful Response
     */
    200: RegisteredClinic;
};

export type GetClinicResponse = GetClinicResponses[keyof GetClinicResponses];

export type PutClinicData = {
    body: ClinicSettings;
    path: {
        /**
         * Clinic Id
         */
        clinic_id: string;
    };
    query?: never;
    url: '/api/v1/clinics/{clinic_id}';
};

export type PutClinicErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type PutClinicError = PutClinicErrors[keyof PutClinicErrors];

export type PutClinicResponses = {
    /**
     * Successful Response
     */
    200: RegisteredClinic;
    /**
     * Registered.
     */
    201: RegisteredClinic;
};

export type PutClinicResponse = PutClinicResponses[keyof PutClinicResponses];

export type ListAuditRecordsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Actor
         */
        actor?: string | null;
        /**
         * Actor Kind
         */
        actor_kind?: 'user' | 'client' | 'source' | 'service' | 'anonymous' | null;
        /**
         * Action
         */
        action?: string | null;
        /**
         * Outcome
         */
        outcome?: string | null;
        /**
         * Service
         */
        service?: 'ingest' | 'aggregator' | 'report-api' | 'pdf-worker' | null;
        /**
         * Resource
         *
         * How the resource begins.
         */
        resource?: string | null;
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
        /**
         * Patient Id
         */
        patient_id?: string | null;
        /**
         * Occurred From
         *
         * Instant with offset, included.
         */
        occurred_from?: string | null;
        /**
         * Occurred Before
         *
         * Instant with offset, not included.
         */
        occurred_before?: string | null;
        /**
         * Limit
         *
         * Records of a page.
         */
        limit?: number;
        /**
         * Cursor
         */
        cursor?: string | null;
    };
    url: '/api/v1/audit';
};

export type ListAuditRecordsErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type ListAuditRecordsError = ListAuditRecordsErrors[keyof ListAuditRecordsErrors];

export type ListAuditRecordsResponses = {
    /**
     * Successful Response
     */
    200: AuditRecords;
};

export type ListAuditRecordsResponse = ListAuditRecordsResponses[keyof ListAuditRecordsResponses];

export type VerifyAuditLogData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * From Sequence
         *
         * The first record to verify; default: the newest `limit`.
         */
        from_sequence?: number | null;
        /**
         * Limit
         */
        limit?: number;
    };
    url: '/api/v1/audit/verification';
};

export type VerifyAuditLogErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type VerifyAuditLogError = VerifyAuditLogErrors[keyof VerifyAuditLogErrors];

export type VerifyAuditLogResponses = {
    /**
     * Successful Response
     */
    200: AuditProof;
};

export type VerifyAuditLogResponse = VerifyAuditLogResponses[keyof VerifyAuditLogResponses];

export type GetAuditActivityData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Start Date
         *
         * UTC; default: six days before.
         */
        start_date?: string | null;
        /**
         * End Date
         *
         * UTC, included; default: today.
         */
        end_date?: string | null;
        /**
         * Clinic Id
         */
        clinic_id?: string | null;
    };
    url: '/api/v1/audit/activity';
};

export type GetAuditActivityErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    401: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    403: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Too many requests in a minute.
     */
    429: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetAuditActivityError = GetAuditActivityErrors[keyof GetAuditActivityErrors];

export type GetAuditActivityResponses = {
    /**
     * Successful Response
     */
    200: Activity;
};

export type GetAuditActivityResponse = GetAuditActivityResponses[keyof GetAuditActivityResponses];

export type GetLivenessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/livez';
};

export type GetLivenessErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetLivenessError = GetLivenessErrors[keyof GetLivenessErrors];

export type GetLivenessResponses = {
    /**
     * Successful Response
     */
    200: Alive;
};

export type GetLivenessResponse = GetLivenessResponses[keyof GetLivenessResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Verbose
         */
        verbose?: '' | 'true' | 'false';
    };
    url: '/readyz';
};

export type GetReadinessErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * Not ready.
     */
    503: Ready;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * Successful Response
     */
    200: Ready;
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetProblemTypeData = {
    body?: never;
    path: {
        /**
         * Slug
         */
        slug: string;
    };
    query?: never;
    url: '/problems/{slug}';
};

export type GetProblemTypeErrors = {
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    422: Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '4XX': Problem;
    /**
     * A problem; its `type` leads to a page that says what to do.
     */
    '5XX': Problem;
};

export type GetProblemTypeError = GetProblemTypeErrors[keyof GetProblemTypeErrors];

export type GetProblemTypeResponses = {
    /**
     * Successful Response
     */
    200: ProblemPage;
};

export type GetProblemTypeResponse = GetProblemTypeResponses[keyof GetProblemTypeResponses];

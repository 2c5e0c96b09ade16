/** The names of what can be chosen on the revenue page, and the definitions of its figures. */
import { defineMessages } from 'react-intl';

export const rangeWords = defineMessages({
  'this-month': { id: 'range.this-month', defaultMessage: 'This month' },
  'last-month': { id: 'range.last-month', defaultMessage: 'Last month' },
  'last-30-days': { id: 'range.last-30-days', defaultMessage: 'Last 30 days' },
  'this-quarter': { id: 'range.this-quarter', defaultMessage: 'This quarter' },
  'last-quarter': { id: 'range.last-quarter', defaultMessage: 'Last quarter' },
  'this-year': { id: 'range.this-year', defaultMessage: 'This year' },
  'last-year': { id: 'range.last-year', defaultMessage: 'Last year' },
  'last-12-months': { id: 'range.last-12-months', defaultMessage: 'Last 12 months' },
  custom: { id: 'range.custom', defaultMessage: 'Chosen days' },
});

export const granularityWords = defineMessages({
  day: { id: 'granularity.day', defaultMessage: 'Day' },
  week: { id: 'granularity.week', defaultMessage: 'Week' },
  month: { id: 'granularity.month', defaultMessage: 'Month' },
  quarter: { id: 'granularity.quarter', defaultMessage: 'Quarter' },
  year: { id: 'granularity.year', defaultMessage: 'Year' },
});

export const dimensionWords = defineMessages({
  clinic: { id: 'dimension.clinic', defaultMessage: 'Clinic' },
  method: { id: 'dimension.method', defaultMessage: 'Payment method' },
  payer_type: { id: 'dimension.payer_type', defaultMessage: 'Payer type' },
  category: { id: 'dimension.category', defaultMessage: 'Category' },
  provider: { id: 'dimension.provider', defaultMessage: 'Provider' },
});

export const comparisonWords = defineMessages({
  previous_period: { id: 'comparison.previous_period', defaultMessage: 'Previous period' },
  previous_year: { id: 'comparison.previous_year', defaultMessage: 'Previous year' },
});

export const definitionWords = defineMessages({
  net_payments: {
    id: 'definition.net_payments',
    defaultMessage:
      'Revenue on a cash basis: gross payments plus corrections, minus refunds and chargebacks, each on its own business date.',
  },
  gross_payments: {
    id: 'definition.gross_payments',
    defaultMessage: 'Succeeded payments by business date. Pending and failed ones never count.',
  },
  refunds: {
    id: 'definition.refunds',
    defaultMessage: 'Money given back, counted on the day of the refund, not of the payment.',
  },
  chargebacks: {
    id: 'definition.chargebacks',
    defaultMessage: 'Money withdrawn in disputes, minus what was reinstated.',
  },
  payment_corrections: {
    id: 'definition.payment_corrections',
    defaultMessage: 'Posting errors put right, on the day they put right. No money moved.',
  },
  average_payment: {
    id: 'definition.average_payment',
    defaultMessage: 'Gross payments divided by the number of payments.',
  },
  net_charges: {
    id: 'definition.net_charges',
    defaultMessage:
      'Charges plus charge corrections, minus contractual adjustments and voids. What was asked for, not what was paid.',
  },
});

/** The pages, and the states they can be in, that are looked at for violations. */
import type { Page } from '@playwright/test';
import type { Role } from './stack.ts';
import { INVOICE, PATIENT } from './story.ts';

export interface State {
  name: string;
  path: string;
  /** Who looks at it; finance if nobody is named. */
  as?: Role;
  /** Bring the page into the state. */
  reach?: (page: Page) => Promise<void>;
  ready: RegExp | string;
}

export const USUAL: State[] = [
  { name: 'overview', path: '', ready: /past due/ },
  {
    name: 'revenue',
    path: '/revenue?range=last-12-months&compare=previous_year',
    ready: /of net payments/,
  },
  {
    name: 'revenue by clinic',
    path: '/revenue?range=last-12-months&split=clinic',
    ready: 'Hudson Street Clinic',
  },
  { name: 'revenue as a table', path: '/revenue?range=last-12-months&view=table', ready: 'Period' },
  {
    name: 'revenue of chosen days',
    path: '/revenue?range=custom&from=1990-01-01&to=1990-01-31',
    ready: 'No money in these days',
  },
  {
    name: 'revenue as of an earlier day',
    path: '/revenue?as_of=2026-06-30',
    ready: /Figures as of/,
  },
  {
    name: 'more filters of revenue',
    path: '/revenue?range=last-12-months',
    ready: 'Payer type',
    reach: (page) => page.getByRole('button', { name: 'More filters' }).click(),
  },
  {
    name: 'about the figures',
    path: '/revenue?range=last-12-months',
    ready: 'About these figures',
    reach: (page) => page.getByRole('button', { name: /Data through/ }).click(),
  },
  { name: 'patient search', path: '/patients', ready: 'Find a patient' },
  {
    name: 'nobody found',
    path: '/patients',
    ready: 'No patient found',
    reach: async (page) => {
      await page.getByLabel('Patient ID or name').fill('Xyzzy');
      await page.getByRole('button', { name: 'Search' }).click();
    },
  },
  { name: 'patient history', path: `/patients?patient=${PATIENT}`, ready: 'Where it stands' },
  { name: 'unknown patient', path: '/patients?patient=NOBODY-0', ready: 'No such patient' },
  { name: 'outstanding', path: '/outstanding', ready: /is open on/ },
  { name: 'outstanding as a table', path: '/outstanding?view=table', ready: 'Share' },
  {
    name: 'nothing in the list',
    path: '/outstanding?min=99999999999',
    ready: 'No receivable here',
  },
  {
    name: 'one receivable',
    path: `/outstanding?invoice=${INVOICE}&of=hudson`,
    ready: 'What happened',
  },
  { name: 'exceptions', path: '/outstanding?list=exceptions', ready: 'What does not fit' },
  {
    name: 'the entries of a figure',
    path: `/outstanding?explain=${encodeURIComponent('metric=outstanding&currency=USD&bucket=over_90')}`,
    ready: /The server summed all entries/,
  },
  { name: 'exports', path: '/exports', ready: /Export|Revenue/ },
  { name: 'operations', path: '/operations', ready: 'The reports' },
  {
    name: 'no run in a state',
    path: '/operations?runs=stopped&records=replayed&reason=too_large',
    ready: 'No record fits the filters',
  },
  {
    name: 'a run',
    as: 'admin',
    path: '/operations',
    ready: 'Run id',
    reach: (page) => page.getByRole('table', { name: 'Runs' }).getByRole('button').first().click(),
  },
  {
    name: 'starting a run',
    as: 'admin',
    path: '/operations',
    ready: 'Reads the rows of these days again',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Start a run' }).click();
      await page.getByLabel('What it reads').click();
      await page.getByRole('option', { name: 'Rows of chosen days' }).click();
    },
  },
  {
    name: 'putting a refused record right',
    as: 'admin',
    path: '/operations',
    ready: 'A whole number of minor units',
    reach: async (page) => {
      const records = page.getByRole('table', { name: 'Quarantined records' });
      await records
        .getByRole('row', { name: 'Unknown currency' })
        .getByRole('button')
        .first()
        .click();
      await page.getByRole('button', { name: 'Correct a field' }).click();
    },
  },
  {
    name: 'no such run',
    path: '/operations?run=00000000-0000-7000-8000-000000000000',
    ready: 'Request id',
  },
  { name: 'audit records', as: 'auditor', path: '/audit', ready: 'Resource begins' },
  {
    name: 'an audit record',
    as: 'auditor',
    path: '/audit',
    ready: 'Trace id',
    reach: (page) =>
      page.getByRole('table', { name: 'Audit records' }).getByRole('button').first().click(),
  },
  {
    name: 'no audit record',
    as: 'auditor',
    path: '/audit?actor=nobody',
    ready: 'No record fits the filters',
  },
  { name: 'activity', as: 'auditor', path: '/audit?show=activity', ready: /not a verdict/ },
  {
    name: 'verification',
    as: 'auditor',
    path: '/audit?show=verification',
    ready: 'Not genuine',
    reach: (page) => page.getByRole('button', { name: 'Verify now' }).click(),
  },
  { name: 'audit refused', path: '/audit', ready: 'Your role does not include this.' },
  { name: 'no such page', path: '/nowhere', ready: 'There is no such page' },
  {
    name: 'account menu',
    path: '/exports',
    ready: 'Dark appearance',
    reach: (page) => page.getByRole('button', { name: /finance/ }).click(),
  },
];

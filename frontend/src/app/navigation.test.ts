import { expect, it } from 'vitest';
import { destinations } from './navigation';
import { account, staff } from '@/testing/factories/answers';

it('offers finance every report', () => {
  expect(destinations(account()).map(({ to }) => to)).toEqual([
    '/',
    '/revenue',
    '/patients',
    '/outstanding',
    '/exports',
    '/operations',
  ]);
});

it('does not name to the front desk what it may not see', () => {
  expect(destinations(staff()).map(({ to }) => to)).not.toContain('/revenue');
  expect(destinations(staff()).map(({ to }) => to)).not.toContain('/operations');
});

it('names no patients to an auditor, and the audit log to nobody else', () => {
  const auditor = account({
    permissions: ['audit:read', 'exports', 'outstanding:read', 'revenue:read'],
  });

  expect(destinations(auditor).map(({ to }) => to)).not.toContain('/patients');
  expect(destinations(auditor).map(({ to }) => to)).toContain('/audit');
});

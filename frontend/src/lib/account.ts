/** Who is signed in: what they may see decides what the screen offers. */
import { createContext, use } from 'react';
import type { Account } from './api';

export type Permission =
  | 'revenue:read'
  | 'history:read'
  | 'outstanding:read'
  | 'outstanding:patients'
  | 'exports'
  | 'runs:read'
  | 'runs:decide'
  | 'clinics:manage'
  | 'audit:read';

const AccountContext = createContext<Account | null>(null);
export const AccountProvider = AccountContext;

export function useAccount(): Account {
  const account = use(AccountContext);
  if (!account) throw new Error('The account is known only below AccountProvider.');
  return account;
}

export function may(account: Account, permission: Permission): boolean {
  return account.permissions.includes(permission);
}

/** What a clinic is called: its name, or its id before anybody named it. */
export function clinicName(account: Account, clinicId: string): string {
  return account.clinics.find((clinic) => clinic.clinic_id === clinicId)?.name ?? clinicId;
}

export function timeZones(account: Account, clinicId?: string): string[] {
  const chosen = account.clinics.filter((one) => !clinicId || one.clinic_id === clinicId);
  return chosen.map((clinic) => clinic.time_zone);
}

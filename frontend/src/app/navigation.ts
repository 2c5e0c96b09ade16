/** The pages in order, and the permission each needs; whoever lacks it does not see the page named. */
import {
  Activity,
  ChartColumn,
  FileDown,
  LayoutDashboard,
  type LucideIcon,
  ShieldCheck,
  Users,
  Wallet,
} from 'lucide-react';
import { defineMessages, type MessageDescriptor } from 'react-intl';
import { may, type Permission } from '@/lib/account';
import type { Account } from '@/lib/api';

const words = defineMessages({
  overview: { id: 'page.overview', defaultMessage: 'Overview' },
  revenue: { id: 'page.revenue', defaultMessage: 'Revenue' },
  patients: { id: 'page.patients', defaultMessage: 'Patients' },
  outstanding: { id: 'page.outstanding', defaultMessage: 'Outstanding' },
  exports: { id: 'page.exports', defaultMessage: 'Exports' },
  operations: { id: 'page.operations', defaultMessage: 'Operations' },
  audit: { id: 'page.audit', defaultMessage: 'Audit' },
});

export interface Destination {
  to: '/' | '/revenue' | '/patients' | '/outstanding' | '/exports' | '/operations' | '/audit';
  name: MessageDescriptor;
  icon: LucideIcon;
  needs?: Permission;
}

const DESTINATIONS: readonly Destination[] = [
  { to: '/', name: words.overview, icon: LayoutDashboard },
  { to: '/revenue', name: words.revenue, icon: ChartColumn, needs: 'revenue:read' },
  { to: '/patients', name: words.patients, icon: Users, needs: 'history:read' },
  { to: '/outstanding', name: words.outstanding, icon: Wallet, needs: 'outstanding:read' },
  { to: '/exports', name: words.exports, icon: FileDown, needs: 'exports' },
  { to: '/operations', name: words.operations, icon: Activity, needs: 'runs:read' },
  { to: '/audit', name: words.audit, icon: ShieldCheck, needs: 'audit:read' },
];

export function destinations(account: Account): Destination[] {
  return DESTINATIONS.filter(({ needs }) => !needs || may(account, needs));
}

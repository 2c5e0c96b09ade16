/** Every address of the dashboard and what its parameters may be; pages load when they are opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { PageError } from './page-error';
import { NotFoundPage } from './routes/not-found';
import { Shell } from './shell';
import { ReportSkeleton } from '@/components/report-skeleton';
import { BASE_PATH } from '@/config/paths';
import { auditSearch } from '@/features/audit/search';
import { operationsSearch } from '@/features/operations/search';
import { outstandingSearch } from '@/features/outstanding/search';
import { patientsSearch } from '@/features/payment-history/search';
import { revenueSearch } from '@/features/revenue/search';
import { readQuestion, writeQuestion } from '@/lib/figures';
import { parseSearch, type ScopeSearch, scopeSearch, stringifySearch } from '@/lib/search';

interface RootSearch extends ScopeSearch {
  /** The figure opened down to its entries. */
  explain?: string;
}

const root = createRootRoute({
  component: Shell,
  validateSearch: (search: Record<string, unknown>): RootSearch => {
    const explained = readQuestion(search.explain);
    return { ...scopeSearch(search), explain: explained && writeQuestion(explained) };
  },
  search: { middlewares: [retainSearchParams(['clinic', 'as_of'])] },
  notFoundComponent: NotFoundPage,
});

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./routes/overview'), 'OverviewPage'),
});

const revenue = createRoute({
  getParentRoute: () => root,
  path: '/revenue',
  validateSearch: revenueSearch,
  component: lazyRouteComponent(() => import('./routes/revenue'), 'RevenuePage'),
});

const patients = createRoute({
  getParentRoute: () => root,
  path: '/patients',
  validateSearch: patientsSearch,
  component: lazyRouteComponent(() => import('./routes/patients'), 'PatientsPage'),
});

const outstanding = createRoute({
  getParentRoute: () => root,
  path: '/outstanding',
  validateSearch: outstandingSearch,
  component: lazyRouteComponent(() => import('./routes/outstanding'), 'OutstandingPage'),
});

const exports = createRoute({
  getParentRoute: () => root,
  path: '/exports',
  component: lazyRouteComponent(() => import('./routes/exports'), 'ExportsPage'),
});

const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  validateSearch: operationsSearch,
  component: lazyRouteComponent(() => import('./routes/operations'), 'OperationsPage'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./routes/audit'), 'AuditPage'),
});

const tree = root.addChildren([
  overview,
  revenue,
  patients,
  outstanding,
  exports,
  operations,
  audit,
]);

export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    basepath: BASE_PATH,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: ReportSkeleton,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

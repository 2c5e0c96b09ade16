import type { Role } from './support/stack.ts';
import { PATIENT } from './support/story.ts';
import { chaseInvoice, findPatient, isRefused, readRevenue, watchRuns } from './support/tales.ts';
import { test } from './support/test.ts';

const MAY: Record<Role, { revenue: boolean; patients: boolean; runs: boolean }> = {
  admin: { revenue: true, patients: true, runs: true },
  finance: { revenue: true, patients: true, runs: true },
  staff: { revenue: false, patients: true, runs: false },
  collections: { revenue: false, patients: true, runs: false },
  auditor: { revenue: true, patients: false, runs: true },
};

for (const [role, may] of Object.entries(MAY) as [Role, (typeof MAY)[Role]][]) {
  test(`${role} does what the role is there for, and is refused the rest`, async ({
    page,
    open,
  }) => {
    test.setTimeout(240_000);
    await open(role);

    await test.step('revenue over a range', async () => {
      if (may.revenue) await readRevenue(page);
      else await isRefused(page, '/revenue');
    });
    await test.step('a patient and what was paid', async () => {
      if (may.patients) await findPatient(page);
      else await isRefused(page, `/patients?patient=${PATIENT}`);
    });
    await test.step('what is open, down to one invoice', () => chaseInvoice(page, may.patients));
    await test.step('runs and freshness', async () => {
      if (may.runs) await watchRuns(page, role === 'admin');
      else await isRefused(page, '/operations');
    });
  });
}

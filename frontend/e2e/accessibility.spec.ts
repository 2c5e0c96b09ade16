import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { RARE } from './support/rare-states.ts';
import { USUAL } from './support/states.ts';
import { expect, settled, test } from './support/test.ts';

/** The pages and states that are looked at, each in light and dark. */
const STATES = [...USUAL, ...RARE];

const STATES_AT_A_TIME = 7;
const WINDOW = { width: 1360, height: 900 };

/** The states of each role, a few at a time: no test is long, and what fails is soon found. */
const ROUNDS = (['finance', 'admin', 'auditor'] as const).flatMap((as) => {
  const all = STATES.filter((state) => (state.as ?? 'finance') === as);
  const rounds = Math.ceil(all.length / STATES_AT_A_TIME);
  return Array.from({ length: rounds }, (_, round) => ({
    as,
    states: all.slice(round * STATES_AT_A_TIME, (round + 1) * STATES_AT_A_TIME),
  }));
});

async function violations(page: Page) {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map((one) => one.html.slice(0, 160)),
  }));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('sign-in has no violation', async ({ page }) => {
      await page.goto('/staff/reports');
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();

      expect(await violations(page)).toEqual([]);
    });

    for (const { as, states } of ROUNDS) {
      test(`no violation for ${as} from “${states[0]?.name}” to “${states.at(-1)?.name}”`, async ({
        page,
        open,
      }) => {
        await open(as);
        for (const { name, path, ready, reach } of states) {
          await page.setViewportSize(WINDOW);
          await page.unrouteAll({ behavior: 'ignoreErrors' });
          await page.goto(`/staff/reports${path}`);
          await expect(page.locator('main')).toBeVisible();
          await reach?.(page);
          await expect(page.getByText(ready).filter({ visible: true }).first()).toBeVisible();
          await settled(page);

          expect.soft(await violations(page), name).toEqual([]);
        }
      });
    }
  });
}

import type { Role } from './support/stack.ts';
import { expect, settled, test } from './support/test.ts';

const PAGES: Record<Role, string[]> = {
  admin: ['Overview', 'Revenue', 'Patients', 'Outstanding', 'Exports', 'Operations'],
  finance: ['Overview', 'Revenue', 'Patients', 'Outstanding', 'Exports', 'Operations'],
  staff: ['Overview', 'Patients', 'Outstanding', 'Exports'],
  collections: ['Overview', 'Patients', 'Outstanding', 'Exports'],
  auditor: ['Overview', 'Revenue', 'Outstanding', 'Exports', 'Operations', 'Audit'],
};

for (const [role, pages] of Object.entries(PAGES) as [Role, string[]][]) {
  test(`${role} is offered what the role may see, and all of it opens`, async ({ page, open }) => {
    await open(role);

    const links = page.getByRole('navigation').getByRole('link');
    expect(await links.allInnerTexts()).toEqual(pages);
    for (const name of pages) {
      await links.filter({ hasText: name }).click();
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
      await settled(page);
      await expect(page.getByRole('alert')).toHaveCount(0);
    }
  });
}

for (const path of ['/revenue', '/operations']) {
  test(`${path} is not offered to the front desk, and refused by the API all the same`, async ({
    page,
    open,
  }) => {
    await open('staff', path);

    await expect(page.getByText('Your role does not include this.').first()).toBeVisible();
  });
}

import type { Role } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const PAGES: Record<Role, string[]> = {
  admin: ['Overview', 'Revenue', 'Patients', 'Outstanding', 'Exports'],
  finance: ['Overview', 'Revenue', 'Patients', 'Outstanding', 'Exports'],
  staff: ['Overview', 'Patients', 'Outstanding', 'Exports'],
  collections: ['Overview', 'Patients', 'Outstanding', 'Exports'],
  auditor: ['Overview', 'Revenue', 'Outstanding', 'Exports'],
};

for (const [role, pages] of Object.entries(PAGES) as [Role, string[]][]) {
  test(`${role} is offered what the role may see, and all of it opens`, async ({ page, open }) => {
    await open(role);

    const links = page.getByRole('navigation').getByRole('link');
    expect(await links.allInnerTexts()).toEqual(pages);
    for (const name of pages) {
      await links.filter({ hasText: name }).click();
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expect(page.getByRole('alert')).toHaveCount(0);
    }
  });
}

test('a page that is not offered is refused by the API all the same', async ({ page, open }) => {
  await open('staff', '/revenue');

  await expect(page.getByText('Your role does not include this.')).toBeVisible();
});

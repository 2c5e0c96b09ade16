import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { overhangOf } from './support/layout.ts';
import { PATIENT } from './support/story.ts';
import { expect, settled, test } from './support/test.ts';

const PAGES = ['', '/revenue?range=last-12-months', `/patients?patient=${PATIENT}`, '/outstanding'];

test('at a zoom of 200 percent nothing is cut off', async ({ page, open }) => {
  await page.setViewportSize({ width: 680, height: 450 });
  await open('finance');
  for (const path of [...PAGES, '/exports', '/operations']) {
    await page.goto(`/staff/reports${path}`);
    await settled(page);

    expect.soft(await overhangOf(page), path).toBeLessThanOrEqual(0);
  }
});

test('in forced colors the page in view, the choices and the bars can be told apart', async ({
  page,
  open,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open('finance', '/revenue?range=last-12-months');
  await page.locator('.recharts-bar-rectangle').first().waitFor();

  const outlineOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((one) => getComputedStyle(one).outlineStyle);
  const fills = await page
    .locator('.recharts-bar-rectangle path')
    .first()
    .evaluate((bar) => {
      const surface = getComputedStyle(document.body).backgroundColor;
      return [getComputedStyle(bar).fill, surface];
    });

  expect(await outlineOf('nav [aria-current=page]')).toBe('solid');
  expect(await outlineOf('button[aria-pressed=true]')).toBe('solid');
  expect(fills[0]).not.toBe(fills[1]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('who wants less motion gets none', async ({ page, open }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open('finance', '/outstanding');

  const longest = await page.evaluate(() =>
    Math.max(
      ...Array.from(document.querySelectorAll('*'), (one) =>
        Number.parseFloat(getComputedStyle(one).transitionDuration),
      ),
    ),
  );

  expect(longest).toBeLessThanOrEqual(0.001);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on paper stand the figures, and nothing one would press, from ${colorScheme} colors`, async ({
    page,
    open,
  }) => {
    await page.emulateMedia({ colorScheme });
    await open('finance', '/revenue?range=last-12-months');
    await page.locator('svg.recharts-surface text').first().waitFor();

    await page.emulateMedia({ media: 'print', colorScheme });
    await page.setViewportSize({ width: 720, height: 960 });

    await expect(page.getByRole('navigation')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Export PDF' })).toBeHidden();
    await expect(page.getByRole('search')).toBeHidden();
    await expect(page.getByText(/of net payments/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Totals' })).toBeVisible();
    expect(await overhangOf(page)).toBeLessThanOrEqual(0);
    expect(await printedColors(page)).toEqual({
      paper: 'rgb(255, 255, 255)',
      panel: 'rgb(255, 255, 255)',
      text: 'rgb(23, 33, 47)',
      quiet: 'rgb(76, 90, 110)',
      axis: 'rgb(76, 90, 110)',
      scheme: 'light',
    });
  });
}

/** The colors of what is read on paper. */
function printedColors(page: Page) {
  return page.evaluate(() => {
    const styleOf = (selector: string) => {
      const one = document.querySelector(selector);
      if (!one) throw new Error(`There is no ${selector}.`);
      return getComputedStyle(one);
    };
    return {
      paper: styleOf('body').backgroundColor,
      panel: styleOf('section.MuiPaper-root').backgroundColor,
      text: styleOf('h1').color,
      quiet: styleOf('section .MuiTypography-body2').color,
      axis: styleOf('svg.recharts-surface text').fill,
      scheme: styleOf('html').colorScheme,
    };
  });
}

test('Tab goes from the navigation over the filters to the figures', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months&currency=USD');
  await expect(page.getByText(/of net payments/)).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

  const places: string[] = [];
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab');
    places.push(
      await page.evaluate(() => {
        const one = document.activeElement;
        if (one?.closest('nav')) return 'navigation';
        if (one?.closest('[role=search]')) return 'filters';
        if (one?.closest('section')) return 'figures';
        return one?.closest('main') ? 'heading' : 'skip link';
      }),
    );
  }

  const order = places.filter((place, at) => place !== places[at - 1]);
  expect(order).toEqual(['skip link', 'navigation', 'heading', 'filters', 'figures']);
});

for (const [path, role] of [
  ['', 'finance'],
  ['/revenue?range=last-12-months', 'finance'],
  [`/patients?patient=${PATIENT}`, 'finance'],
  ['/outstanding', 'finance'],
  ['/outstanding', 'auditor'],
  ['/exports', 'finance'],
  ['/operations', 'admin'],
  ['/audit', 'auditor'],
  ['/audit?show=activity', 'auditor'],
  ['/audit?show=verification', 'auditor'],
] as const) {
  test(`at 320 pixels nothing of ${path || 'the overview'} is cut off for ${role}`, async ({
    page,
    open,
  }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open(role, path);
    await settled(page);

    const overhang = await overhangOf(page);

    expect(overhang).toBeLessThanOrEqual(0);
  });
}

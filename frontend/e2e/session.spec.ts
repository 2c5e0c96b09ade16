import { endSession } from './support/ended-session.ts';
import { makeStale } from './support/stale.ts';
import { expect, signIn, test } from './support/test.ts';

test('a wrong password is refused without saying what was wrong', async ({ page }) => {
  await page.goto('/staff/reports');
  await page.getByLabel('User name').fill('nobody');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page.getByRole('alert')).toContainText('do not match an account');
});

test('an address opened before signing in is where one arrives', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-year&split=clinic');

  await expect(page.getByRole('heading', { name: 'Revenue', level: 1 })).toBeVisible();
  expect(page.url()).toContain('range=last-year&split=clinic');
});

test('the sign-in outlives a reload and is shared by a second tab', async ({ page, open }) => {
  await open('finance');

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const second = await page.context().newPage();
  await second.goto('/staff/reports/outstanding');

  await expect(second.getByRole('heading', { name: 'Outstanding', level: 1 })).toBeVisible();
});

test('no script can read the refresh token, and no storage holds a token', async ({
  page,
  open,
}) => {
  await open('finance');

  const cookies = await page.context().cookies();
  const kept = await page.evaluate(() =>
    [localStorage, sessionStorage].map((storage) => JSON.stringify(storage)).join(),
  );

  expect(cookies).toMatchObject([
    { name: 'careledger_refresh', httpOnly: true, sameSite: 'Strict', path: '/api/v1/auth' },
  ]);
  expect(kept).not.toMatch(/eyJ|clr_/);
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('an ended session asks to sign in again in place, and goes on', async ({ page, open }) => {
  await open('finance', '/revenue?range=last-12-months');
  await endSession(page);

  await expect(page.getByRole('dialog', { name: 'Please sign in again' })).toBeVisible();
  await expect(page.getByText(/of net payments/)).toBeVisible();
  await signIn(page, 'finance');

  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByLabel('By', { exact: true })).toHaveText('Quarter');
  expect(page.url()).toContain('range=last-12-months&by=quarter');
});

test('somebody else who signs in over an ended session sees nothing of the first one', async ({
  page,
  open,
}) => {
  await open('finance', '/revenue?range=last-12-months');
  await page.evaluate(() => Object.assign(window, { isFirstPage: true }));
  await endSession(page);
  await expect(page.getByRole('dialog', { name: 'Please sign in again' })).toBeVisible();

  await signIn(page, 'staff');

  await expect(page.getByText('Your role does not include this.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /staff/ })).toBeVisible();
  await expect(page.getByText(/of net payments/)).toHaveCount(0);
  expect(await page.evaluate(() => 'isFirstPage' in window)).toBe(false);
});

test('signing out ends it in every tab', async ({ page, open }) => {
  await open('finance');
  const second = await page.context().newPage();
  await second.goto('/staff/reports');
  await expect(second.getByRole('heading', { name: 'Overview' })).toBeVisible();

  await page.getByRole('button', { name: /finance/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(second.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
});

test('while the API is away the figures stay and say of when they are', async ({ page, open }) => {
  await page.clock.install();
  await open('finance', '/outstanding');
  await expect(page.getByText(/is open on/)).toBeVisible();
  await page.route('**/api/v1/reports/**', (route) => route.abort());

  await page.clock.fastForward(70_000);

  await expect(page.getByText(/cannot be reached. These are the figures of/)).toBeVisible();
  await expect(page.getByText(/is open on/)).toBeVisible();
});

test('figures the API calls stale are said to be, and since when', async ({ page, open }) => {
  // The stack keeps up; what its real answer says of the delay is changed on the way.
  const since = '2026-06-30T16:00:00Z';
  await page.route('**/api/v1/reports/outstanding/summary*', (route) => makeStale(route, since));

  await open('finance', '/outstanding');

  await expect(page.getByRole('status').getByText(/Stale since Jun 30, 2026/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Stale since/ })).toBeVisible();
  await expect(page.getByText(/is open on/)).toBeVisible();
});

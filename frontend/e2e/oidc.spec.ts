import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { CLIENT, Issuer } from './support/issuer.ts';
import { type SecondApi, startSecondApi } from './support/second-api.ts';
import { expect, test } from './support/test.ts';

const REVENUE = '/staff/reports/revenue?range=last-12-months&by=quarter';
let issuer: Issuer;
let api: SecondApi;

test.beforeAll(async () => {
  issuer = await Issuer.start();
  api = await startSecondApi({
    CARELEDGER_OIDC_ISSUER: issuer.url,
    CARELEDGER_OIDC_CLIENT_ID: CLIENT,
    CARELEDGER_OIDC_NAME: 'Clinic ID',
  });
});

test.afterAll(() => {
  api.stop();
  issuer.stop();
});

test.beforeEach(() => {
  issuer.refusal = undefined;
  issuer.forget();
});

async function signInAtIssuer(page: Page, address = REVENUE): Promise<void> {
  await page.goto(api.url + address);
  await page.getByRole('button', { name: 'Sign in with Clinic ID' }).click();
  await page.getByRole('link', { name: 'Continue as Ada' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('one signs in at the issuer and arrives where one wanted to go', async ({ page }) => {
  await signInAtIssuer(page);

  await expect(page.getByRole('heading', { name: 'Revenue', level: 1 })).toBeVisible();
  expect(page.url()).toBe(api.url + REVENUE);
  await expect(page.getByRole('button', { name: /ada@127\.0\.0\.1/ })).toBeVisible();
});

test('the page may speak with its own server and the issuer alone', async ({ page }) => {
  const answer = await page.goto(`${api.url}/staff/reports`);

  expect(answer?.headers()['content-security-policy']).toContain(
    `connect-src 'self' ${issuer.url};`,
  );
});

test('no storage and no cookie of ours holds a token', async ({ page }) => {
  await signInAtIssuer(page);

  const kept = await page.evaluate(() =>
    [localStorage, sessionStorage].map((storage) => JSON.stringify(storage)).join(),
  );

  expect(kept).not.toMatch(/eyJ|verifier/);
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['known']);
});

test('a reload asks the issuer without a word, and goes on', async ({ page }) => {
  await signInAtIssuer(page);

  await page.reload();

  await expect(page.getByRole('heading', { name: 'Revenue', level: 1 })).toBeVisible();
  expect(page.url()).toBe(api.url + REVENUE);
});

test('when the issuer does not know the browser any more, one signs in again', async ({ page }) => {
  await signInAtIssuer(page);
  issuer.forget();

  await page.reload();

  await expect(page.getByRole('button', { name: 'Sign in with Clinic ID' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(page.url()).toBe(api.url + REVENUE);
});

test('a refusal of the issuer is said, and its page is not shown again by itself', async ({
  page,
}) => {
  issuer.refusal = 'access_denied';
  await page.goto(`${api.url}/staff/reports`);
  await page.getByRole('button', { name: 'Sign in with Clinic ID' }).click();
  await page.getByRole('link', { name: 'Continue as Ada' }).click();

  await expect(page.getByRole('alert')).toContainText('Clinic ID did not let you in');
  expect(page.url()).toBe(`${api.url}/staff/reports`);
});

test('a token that has ended is renewed where one is', async ({ page }) => {
  await signInAtIssuer(page);
  const before = issuer.asked.length;
  await page.route('**/api/v1/reports/revenue*', (route) => route.fulfill({ status: 401 }), {
    times: 1,
  });

  await page.getByLabel('By', { exact: true }).click();
  await page.getByRole('option', { name: 'Month' }).click();

  await expect(page).toHaveURL(/by=month|last-12-months$/);
  await expect.poll(() => issuer.asked.slice(before)).toEqual(['refresh_token']);
});

test('signing out ends the sign-in at the issuer as well', async ({ page }) => {
  await signInAtIssuer(page);

  await page.getByRole('button', { name: /ada@/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await expect(page.getByRole('button', { name: 'Sign in with Clinic ID' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Sign in with Clinic ID' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`sign-in with both ways has no violation, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${api.url}/staff/reports`);
    await expect(page.getByRole('button', { name: 'Sign in with Clinic ID' })).toBeVisible();

    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

/** Asks Lighthouse about the main pages of the built dashboard on a stack of its own; prints JSON. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import setUp from '../e2e/support/set-up.ts';
import { endpoints } from '../e2e/support/stack.ts';
import { PATIENT } from '../e2e/support/story.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const PAGES = {
  'sign-in': '',
  overview: '',
  revenue: '/revenue?range=last-12-months',
  patients: `/patients?patient=${PATIENT}`,
  outstanding: '/outstanding',
  exports: '/exports',
};
const CHROMIUM = process.env.CARELEDGER_CHROMIUM ?? '/usr/bin/chromium';
const RUNS = Number(process.env.RUNS ?? 3);
const ATTEMPTS = 3;

interface Found {
  page: string;
  /** Each run's score per category, from 0 to 100. */
  scores: Record<string, number[]>;
  /** Audits that lost points in any run. */
  lost: string[];
  milliseconds: Record<string, number[]>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

async function signIn(page: Page, origin: string): Promise<void> {
  const user = endpoints().users.find(({ role }) => role === 'finance');
  await page.goto(`${origin}/staff/reports`);
  await page.getByLabel('User name').fill(user?.name ?? '');
  await page.getByLabel('Password').fill(user?.password ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#main').waitFor({ timeout: 60_000 });
  // The tab measured renews the session by itself; this one must not do so meanwhile.
  await page.goto('about:blank');
}

function lostIn({ categories, audits }: Result): string[] {
  return CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? [])
    .filter(({ weight, id }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => id);
}

/** Load a page once and judge it; a load whose trace is missing says nothing and is done again. */
async function judged(address: string, port: number): Promise<Result> {
  const flags = { port, onlyCategories: CATEGORIES, disableStorageReset: true };
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await lighthouse(address, { ...flags, logLevel: 'error' }, desktopConfig);
    if (!outcome) throw new Error(`Lighthouse had nothing to say of ${address}.`);
    const { runtimeError } = outcome.lhr;
    if (!runtimeError) return outcome.lhr;
    if (attempt === ATTEMPTS) throw new Error(`${address}: ${runtimeError.message}`);
  }
}

async function measure(page: string, address: string, port: number): Promise<Found> {
  const found: Found = { page, scores: {}, lost: [], milliseconds: {} };
  for (let run = 0; run < RUNS; run += 1) {
    const lhr = await judged(address, port);
    for (const name of CATEGORIES) {
      const score = Math.round((lhr.categories[name]?.score ?? 0) * 100);
      (found.scores[name] ??= []).push(score);
    }
    for (const name of [
      'first-contentful-paint',
      'largest-contentful-paint',
      'total-blocking-time',
    ]) {
      (found.milliseconds[name] ??= []).push(Math.round(lhr.audits[name]?.numericValue ?? 0));
    }
    found.lost = [...new Set([...found.lost, ...lostIn(lhr)])];
  }
  return found;
}

async function measureAll(): Promise<Found[]> {
  const origin = endpoints().report_api;
  const port = await freePort();
  const profile = mkdtempSync(join(tmpdir(), 'careledger-lighthouse-'));
  // Lighthouse opens a tab beside this one; both share the session of the profile.
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: [
      `--remote-debugging-port=${port}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  try {
    const found: Found[] = [];
    for (const [page, path] of Object.entries(PAGES)) {
      if (page === 'overview')
        await signIn(browser.pages()[0] ?? (await browser.newPage()), origin);
      found.push(await measure(page, `${origin}/staff/reports${path}`, port));
    }
    return found;
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

if (!existsSync(CHROMIUM)) throw new Error(`There is no Chromium at ${CHROMIUM}.`);
const tearDown = await setUp();
try {
  process.stdout.write(JSON.stringify(await measureAll()));
} finally {
  tearDown();
}

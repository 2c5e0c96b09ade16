/** Another report API over the same stack, told what the first one is not. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { CLONE, HOME } from './stack.ts';

const PATIENCE_MS = 60_000;

export interface SecondApi {
  url: string;
  stop: () => void;
}

export async function startSecondApi(settings: Record<string, string>): Promise<SecondApi> {
  const port = await freePort();
  const told = { ...settings, CARELEDGER_REPORT_API_PORT: String(port) };
  const assignments = Object.entries(told).map(([name, value]) => `${name}=${value}`);
  const running = spawn(
    'bash',
    [
      '-c',
      'set -a && . "$0/env" && exec env "$@" .venv/bin/report-api serve',
      HOME,
      ...assignments,
    ],
    { cwd: CLONE, stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  await untilReady(running, url);
  return { url, stop: () => void running.kill() };
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/livez`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The second report API did not start.');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

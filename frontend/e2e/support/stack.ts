/** The real stack the browser talks to: the one named by the environment, or one of our own. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const CLONE = join(import.meta.dirname, '..', '..', '..');
export const HOME = process.env.CARELEDGER_E2E_HOME ?? join(CLONE, '.local', 'e2e');
export const PRACTICE = join(HOME, 'practice');
export const IS_OURS = process.env.CARELEDGER_E2E_HOME === undefined;
const PYTHON = join(CLONE, '.venv', 'bin', 'python');

export type Role = 'admin' | 'finance' | 'staff' | 'collections' | 'auditor';

export interface Endpoints {
  report_api: string;
  ingest: string;
  ingest_token: string;
  users: { name: string; password: string; role: Role }[];
}

export function endpoints(): Endpoints {
  return JSON.parse(readFileSync(join(HOME, 'endpoints.json'), 'utf8')) as Endpoints;
}

/** Run a command of the stack or the demo in the stack's own folder. */
export function python(...command: string[]): void {
  execFileSync(PYTHON, ['-m', ...command], {
    cwd: CLONE,
    env: { ...process.env, CARELEDGER_LOCAL_HOME: HOME },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Do by Python what no route of the product does, and return what it says. */
export function prepare(...command: string[]): string {
  return execFileSync(PYTHON, ['-m', 'support.dashboard_story', ...command], {
    cwd: CLONE,
    env: { ...process.env, PYTHONPATH: join(CLONE, 'tests') },
    encoding: 'utf8',
  }).trim();
}

/** A setting of the stack, as its processes have it. */
export function setting(name: string): string {
  const lines = readFileSync(join(HOME, 'env'), 'utf8').split('\n');
  const value = lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return value.replace(/^(['"])(.*)\1$/, '$2');
}

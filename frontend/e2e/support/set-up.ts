/** Starts the stack with the demo's events and a story of our own, and takes it down again. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openOddClinics } from './odd-clinics.ts';
import { CLONE, endpoints, HOME, IS_OURS, PRACTICE, prepare, python, setting } from './stack.ts';
import { tellStory, tokenOf } from './story.ts';

const EVENTS = '3000';

export default async function setUp() {
  if (IS_OURS) {
    process.env.CARELEDGER_EXTRACTION_URL = prepare('practice', PRACTICE);
    process.env.CARELEDGER_EXTRACTION_MAPPING = join(PRACTICE, 'practice.toml');
    python('deploy.local', 'up');
  }
  registerClinics();
  if (!existsSync(join(HOME, 'live-backlog-sent'))) {
    python('deploy.demo.live', '--events', EVENTS);
  }
  await tellStory(endpoints());
  await openOddClinics(endpoints(), tokenOf);
  prepare('refused', setting('CARELEDGER_KAFKA_BOOTSTRAP'));
  return () => {
    if (IS_OURS) python('deploy.local', 'clean');
  };
}

/** The zones of the demo's clinics hold from their first event on. */
function registerClinics(): void {
  const file = join(CLONE, 'deploy', 'demo', 'clinics.csv');
  execFileSync(
    'bash',
    ['-c', 'set -a && . "$0/env" && .venv/bin/report-api clinics import "$1"', HOME, file],
    { cwd: CLONE, stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

/** Fails if the script a browser must load has outgrown what was promised, counted as gzip. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  imports?: string[];
}

const KB = 1000;
const LIMITS = [
  { what: 'sign-in', most: 270 * KB, entries: ['index.html'] },
  {
    what: 'the first report drawn',
    most: 480 * KB,
    entries: ['index.html', 'src/app/pages.tsx', 'src/app/routes/revenue.tsx'],
  },
];

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Record<
  string,
  Chunk
>;

/** Every script an entry needs before it can run, each once. */
function scripts(entries: string[], seen = new Set<string>()): Set<string> {
  for (const entry of entries) {
    const chunk = manifest[entry];
    if (!chunk) throw new Error(`${entry} is not in the build`);
    if (seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    scripts(chunk.imports ?? [], seen);
  }
  return seen;
}

let isTooMuch = false;
for (const { what, most, entries } of LIMITS) {
  const files = [...scripts(entries)].filter((file) => file.endsWith('.js'));
  const bytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length,
    0,
  );
  isTooMuch ||= bytes > most;
  console.log(`${what}: ${(bytes / KB).toFixed(1)} kB gzip of ${most / KB} kB`);
}
process.exitCode = isTooMuch ? 1 : 0;

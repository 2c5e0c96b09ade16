/// <reference types="vitest/config" />
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const COMPRESSED = /\.(?:js|css|svg)$/;
const NOT_WORTH_IT_BYTES = 1024;

/** Puts a .gz and a .br beside each file, so that the server need not compress at every request. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle() {
      const folder = fileURLToPath(new URL('dist/assets', import.meta.url));
      for (const name of readdirSync(folder).filter((one) => COMPRESSED.test(one))) {
        const content = readFileSync(join(folder, name));
        if (content.length > NOT_WORTH_IT_BYTES) {
          writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
          writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
        }
      }
    },
  };
}

export default defineConfig({
  base: '/staff/reports/',
  plugins: [react(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  // The server puts a fresh nonce in its place in every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  // An inlined file would be a data: address, which the policy allows for pictures only.
  build: { assetsInlineLimit: 0, manifest: true, target: 'es2023', chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': process.env.CARELEDGER_REPORT_API ?? 'http://127.0.0.1:8080' } },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://dashboard.test/staff/reports' } },
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});

import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: './node_modules/.cache/openapi.json',
  output: {
    path: './src/lib/api',
    header: ['// Written by `npm run api` from the OpenAPI document; not by hand.'],
  },
  plugins: ['@hey-api/typescript', '@hey-api/client-fetch', '@hey-api/sdk'],
});

import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: '../docs/reference/openapi/report-api.json',
  output: {
    path: process.env.API_CLIENT ?? './src/lib/api',
    header: ['// Written by `npm run api` from the OpenAPI document; not by hand.'],
  },
  plugins: ['@hey-api/typescript', '@hey-api/client-fetch', '@hey-api/sdk'],
});

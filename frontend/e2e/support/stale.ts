/** Makes a real answer of the API say that it is behind, as it does when applying has stopped. */
import type { Route } from '@playwright/test';

export async function makeStale(route: Route, since: string): Promise<void> {
  const response = await route.fetch();
  const report = (await response.json()) as { meta: object };
  const meta = { ...report.meta, stale: true, data_through: since };
  await route.fulfill({ response, json: { ...report, meta } });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ACTIONS } from './actions';

const SCHEMA = join(import.meta.dirname, '../../../../shared/schemas/audit-record.json');

it('knows exactly the acts that are recorded', () => {
  const written = readFileSync(SCHEMA, 'utf8');
  const schema = JSON.parse(written) as {
    $defs?: { AuditRecord?: { properties: { action: { enum: string[] } } } };
    properties?: { action: { enum: string[] } };
  };
  const properties = schema.$defs?.AuditRecord?.properties ?? schema.properties;

  expect(properties?.action.enum.toSorted()).toEqual([...ACTIONS]);
});

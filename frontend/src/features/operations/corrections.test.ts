import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FIELDS } from './corrections';

interface Schema {
  properties?: Record<string, Schema>;
  $defs?: Record<string, Schema>;
  $ref?: string;
  type?: string | string[];
  anyOf?: Schema[];
}

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'schemas', 'events');
const NOT_SCALAR = ['array', 'object'];

function resolved(schema: Schema, all: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name ? (all.$defs?.[name] ?? {}) : schema;
}

function isScalar(schema: Schema): boolean {
  if (schema.anyOf) return schema.anyOf.every(isScalar);
  return !NOT_SCALAR.includes(String(schema.type));
}

it('offers for correction exactly the scalar fields of the vocabulary', () => {
  const names = new Set<string>();
  for (const file of readdirSync(FOLDER)) {
    const schema = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Schema;
    const fields = resolved(schema.properties?.data ?? {}, schema).properties ?? {};
    for (const [name, field] of Object.entries(fields)) if (isScalar(field)) names.add(name);
  }

  expect([...names].sort()).toEqual([...FIELDS]);
});

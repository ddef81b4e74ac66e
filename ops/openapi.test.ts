import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import app from '../edge/app.ts';
import { contracts } from '../edge/http/contract.ts';

type Operation = { operationId: string; summary: string; responses: object; security: object[] };
const text = readFileSync('docs/openapi.json', 'utf8');
const document = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

describe('docs/openapi.json', () => {
  it('refers only to what is in it', () => {
    const references = new Set([...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map((match) => match[1]!));
    expect(references.size).toBeGreaterThan(10);
    for (const reference of references) {
      const target = reference.split('/').reduce<unknown>((at, key) => Object(at)[key] as unknown, document);
      expect(target).toBeTypeOf('object');
    }
  });

  it('holds every route of the API, each under a name of its own', () => {
    expect(operations).toHaveLength(contracts(app).size);
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length);
    for (const { operationId, summary, responses } of operations) {
      expect(operationId).toMatch(/^(get|post|put|patch|delete)[A-Z]\w+$/);
      expect(summary).toBeTruthy();
      expect(Object.keys(responses).some((status) => /^(101$|[23])/.test(status))).toBe(true);
    }
  });
});

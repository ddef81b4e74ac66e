import { array, assert, boolean, integer, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recent } from './recent.ts';

describe('what an isolate remembers', () => {
  it('is what was asked for since half of what it holds came', () => {
    const names = recent<number>(4);
    names.set('kept', 1);
    for (const [n, name] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
      names.set(name, n);
      expect(names.get('kept')).toBe(1);
    }
    expect(names.get('a')).toBeUndefined();
    expect(names.get('f')).toBe(5);
  });

  it('is the newest value, and never more than it may be', () => {
    const steps = array(record({ set: boolean(), key: nat(12), bytes: integer({ min: 1, max: 20 }) }), {
      maxLength: 200,
    });
    assert(
      property(steps, (all) => {
        const most = 100;
        const texts = recent<string>(most, (text) => text.length);
        const written = new Map<string, string>();
        for (const [n, { set, key, bytes }] of all.entries()) {
          const name = `k${key}`;
          if (set) {
            written.set(name, String.fromCharCode(97 + (n % 26)).repeat(bytes));
            texts.set(name, written.get(name)!);
          }
          const may = set ? [written.get(name)] : [undefined, written.get(name)];
          expect(may).toContain(texts.get(name));
        }
        // Looking for one may let go of others, so this is what can be found one after the other.
        const found = [...written].filter(([name, text]) => texts.get(name) === text);
        expect(found.reduce((sum, [, text]) => sum + text.length, 0)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('keeps nothing that would fill a half alone, nor what stood in its place', () => {
    const texts = recent<string>(10, (text) => text.length);
    texts.set('small', 'y');
    texts.set('grows', 'x');
    texts.set('grows', 'x'.repeat(6));
    expect(texts.get('grows')).toBeUndefined();
    expect(texts.get('small')).toBe('y');
  });
});

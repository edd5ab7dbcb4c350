import { expect, test } from '@jest/globals';
import { derivedId, randomId } from './ids.js';

test('random ids are UUIDs that sort as they were made', () => {
  const ids = Array.from({ length: 1000 }, randomId);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect(new Set(ids).size).toBe(1000);
  expect(ids.toSorted()).toEqual(ids);
});

test('a derived id is that of RFC 4122 for the pair', () => {
  // The namespace of domain names; the value is that of Python's uuid.uuid5(NAMESPACE_DNS, 'python.org').
  expect(derivedId('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d');
  expect(() => derivedId('no uuid', 'x')).toThrow(TypeError);
});

import { describe, expect, it } from '@jest/globals';
import { Problem } from '../problems/problem.js';
import { Line, Whole } from './fields.js';
import { RequestValidation } from './request-validation.js';

class Filter {
  @Whole({ min: 1, max: 500, default: 50, optional: true })
  limit?: number;

  @Line({ max: 10, optional: true })
  body?: string;
}

const query = (value: unknown) => new RequestValidation().transform(value, { type: 'query', metatype: Filter });
const body = (value: unknown) => new RequestValidation().transform(value, { type: 'body', metatype: Filter });
const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, detail: error.detail, errors: error.errors };
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('a query', () => {
  it('has its numbers read, and what is absent filled in', () => {
    expect(query({ limit: '7', body: '7' })).toEqual({ limit: 7, body: '7' });
    expect(query({})).toEqual({ limit: 50 });
  });

  it.each(['0', '501', '', '1.5', '1e2', '0x10', ' 1', 'x', '9'.repeat(400), ['1', '2']])('is refused for a limit of %p', (limit) => {
    expect(refusal(() => query({ limit }))).toEqual({
      code: 'PARAMETER_INVALID',
      detail: 'limit must be a whole number from 1 to 500.',
      errors: [{ parameter: 'limit', detail: 'must be a whole number from 1 to 500' }],
    });
  });

  it('is refused for a parameter that is not known, or given twice', () => {
    expect(refusal(() => query({ bodyy: 'x' })).errors).toEqual([{ parameter: 'bodyy', detail: 'is not known here' }]);
    expect(refusal(() => query({ body: ['a', 'b'] })).errors).toEqual([{ parameter: 'body', detail: 'must be a text' }]);
  });
});

describe('a body', () => {
  it('is handed on as it was sent', () => {
    const sent = { limit: 7 };
    expect(body(sent)).toBe(sent);
  });

  it('has no number read from a text, and nothing filled in', () => {
    expect(refusal(() => body({ limit: '7' })).code).toBe('FIELDS_INVALID');
    expect(body({})).toEqual({});
  });

  it('with many faults is told of the first, and how many more there are', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`field${i}`, 1]));
    const { detail, errors } = refusal(() => body(many));
    expect(detail).toContain('/field0 is not known');
    expect(detail).toContain('and 55 more');
    expect(errors).toHaveLength(50);
  });
});

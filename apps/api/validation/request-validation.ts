import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { Problem, type Fault } from '../problems/problem.js';
import { flawsOf, type Flaw } from './check.js';
import { fieldsOf } from './field.js';
import { jsonPointer } from './json-pointer.js';

/** How many faults are told of at once. */
const MOST_FAULTS = 50;

/** Judges bodies and queries whose class declares fields. A body is handed on exactly as it was sent. */
@Injectable()
export class RequestValidation implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (!metatype || fieldsOf(metatype).size === 0) return value;
    if (type === 'body') return validBody(metatype, value);
    if (type === 'query') return validQuery(metatype, value as Readonly<Record<string, unknown>>);
    return value;
  }
}

function validBody(type: Type, value: unknown): unknown {
  const flaws = flawsOf(type, value);
  if (flaws.length > 0) refuse('FIELDS_INVALID', flaws.map(({ path, detail }) => ({ pointer: jsonPointer(path), detail })));
  return value;
}

function validQuery(type: Type, given: Readonly<Record<string, unknown>>): unknown {
  const query = { ...given };
  for (const [name, { fromText, default: absent }] of fieldsOf(type)) {
    const value = query[name];
    if (typeof value === 'string' && fromText) query[name] = fromText(value);
    else if (value === undefined && absent !== undefined) query[name] = absent;
  }
  const flaws = flawsOf(type, query);
  if (flaws.length > 0) refuse('PARAMETER_INVALID', flaws.map(({ path, detail }: Flaw) => ({ parameter: String(path[0]), detail })));
  return query;
}

function refuse(code: 'FIELDS_INVALID' | 'PARAMETER_INVALID', faults: readonly Fault[]): never {
  const sentences = faults.slice(0, 5).map((fault) => `${nameOf(fault)} ${fault.detail}`);
  if (faults.length > 5) sentences.push(`and ${faults.length - 5} more`);
  throw new Problem(code, `${sentences.join('; ')}.`, { errors: faults.slice(0, MOST_FAULTS) });
}

const nameOf = (fault: Fault): string => ('pointer' in fault ? fault.pointer || 'The body' : 'parameter' in fault ? fault.parameter : fault.header);

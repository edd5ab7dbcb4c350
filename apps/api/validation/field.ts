import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import type { Rule } from './rules.js';

/** What a field of a request is: one source for its validation and for its schema in the OpenAPI document. */
export type FieldKind = {
  readonly rule: Rule;
  readonly schema: ApiPropertyOptions;
  /** The class of an object whose fields are declared in turn. */
  readonly of?: () => Type;
  /** What each item of a list is. */
  readonly items?: FieldKind;
  /** Reads a query parameter, which is always text. What it cannot read it leaves, for the rule to refuse. */
  readonly fromText?: (text: string) => unknown;
};

export type FieldOptions = {
  readonly optional?: boolean;
  /** Null may stand for "none any more". */
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  /** What a query parameter is where it is not given. */
  readonly default?: unknown;
};

export type Field = FieldKind & FieldOptions;

const FIELDS = 'mindet:fields';
/** Under which names class-validator tells of a field, and of the items of a list. */
export const FIELD_RULE = 'field';
export const ITEM_RULE = 'items';

export function field(kind: FieldKind, options: FieldOptions): PropertyDecorator {
  const { optional = false, nullable = false, ...shown } = options;
  return (target, key) => {
    const declared = (Reflect.getMetadata(FIELDS, target) as ReadonlyMap<string, Field> | undefined) ?? new Map<string, Field>();
    Reflect.defineMetadata(FIELDS, new Map([...declared, [String(key), { ...kind, ...options }]]), target);
    ApiProperty({ ...kind.schema, ...shown, required: !optional, ...(nullable && { nullable }) } as ApiPropertyOptions)(target, key);

    ValidateIf((_object, value) => !((optional && value === undefined) || (nullable && value === null)))(target, key);
    ruled(FIELD_RULE, kind.rule)(target, key);
    if (kind.of ?? kind.items?.of) ValidateNested()(target, key);
    else if (kind.items) ruled(ITEM_RULE, kind.items.rule, true)(target, key);
  };
}

const ruled = (name: string, rule: Rule, each = false): PropertyDecorator =>
  ValidateBy(
    {
      name,
      validator: {
        validate: (value) => rule(value) === undefined,
        defaultMessage: (about) => (about?.value === undefined ? 'is required' : (rule(about.value) ?? '')),
      },
    },
    { each },
  );

/** The declared fields of a class and of those that it extends, by name. */
export const fieldsOf = (type: Type): ReadonlyMap<string, Field> =>
  (Reflect.getMetadata(FIELDS, type.prototype as object) as ReadonlyMap<string, Field> | undefined) ?? new Map<string, Field>();

import type { OpenAPIObject } from '@nestjs/swagger';

/** As much of JSON Schema as examples are made from. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};

/** An example of a schema, composed of the examples of its parts. Undefined where some part has none to give. */
export function exampleOf(schema: Schema, document: OpenAPIObject): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.$ref) return exampleOf(named(schema.$ref, document), document);
  const part = schema.allOf?.[0] ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (part) return exampleOf(part, document);
  if (schema.items) return [exampleOf(schema.items, document)];
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, exampleOf(property, document)]));
  }
  return schema.enum?.[0];
}

function named(reference: string, document: OpenAPIObject): Schema {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  return document.components?.schemas?.[name] ?? {};
}

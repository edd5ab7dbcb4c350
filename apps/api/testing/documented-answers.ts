import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Media = { schema?: object };
export type OpenApi = {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Media> }> }>>;
  components: object;
};

/** Checks that answers are as the OpenAPI document says that they are. */
export function documentedAnswers(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'openapi', components: document.components }, 'openapi');
  const routes = Object.keys(document.paths).map((path) => ({ path, matches: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));
  const compiled = new Map<string, ValidateFunction>();

  /** @returns what is not as documented */
  return (method: string, address: string, status: number, contentType: string | undefined, body: unknown): string[] => {
    const pathname = address.split('?', 1)[0]!;
    // `events/live` is also `events/{eventId}`: the one with fewer parameters is meant.
    const route = routes.filter(({ matches }) => matches.test(pathname)).toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
    const operation = route && document.paths[route.path]![method];
    if (!operation) return status === 404 || status === 405 ? [] : [`${method} ${pathname} is not documented`];
    const response = operation.responses[status];
    if (!response) return [`${method} ${route.path} does not document ${status}`];
    const type = contentType?.split(';', 1)[0];
    if (!type?.endsWith('json') || type.endsWith('ndjson')) return [];
    const schema = response.content?.[type]?.schema;
    if (!schema) return [`${method} ${route.path} does not document ${status} as ${type}`];
    const key = `${method} ${route.path} ${status} ${type}`;
    const validate = compiled.get(key) ?? ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')) as object);
    compiled.set(key, validate);
    return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${key}: ${instancePath} ${message} ${JSON.stringify(params)}`);
  };
}

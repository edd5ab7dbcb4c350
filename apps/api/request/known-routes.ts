import type { Express, RequestHandler } from 'express';
import { Problem } from '../problems/problem.js';

/** What this middleware reads of Express's router: for each route its path, its methods and whether an address is its. */
type Layer = {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
};

declare global {
  namespace Express {
    interface Request {
      /** The route's path with its parameters' names, as `/v1/priorities/:priorityId`. Absent where no route has the address. */
      routePath?: string;
    }
  }
}

/**
 * Answers for addresses and methods that no route has, before anything is spent on the request: 404, or 405 with `Allow`.
 * `OPTIONS` is answered for every route.
 * @param files where files are served, which are no routes
 */
export function knownRoutes(express: Express, files: string): RequestHandler {
  let layers: readonly Layer[] | undefined;
  return (request, response, next) => {
    if (request.path.startsWith(files)) return next();
    // All routes are there by the time of the first request. Those for every method are Nest's own middleware.
    layers ??= (express.router.stack as unknown as Layer[]).filter(({ route }) => route && !route.methods['_all']);
    const found = layers.filter((layer) => layer.match(request.path)).map(({ route }) => route!);
    const path = found[0]?.path;
    if (path === undefined) throw new Problem('ROUTE_UNKNOWN', 'No route of this service has this address.');
    request.routePath = path;
    const allowed = [...new Set(found.flatMap(methodsOf))].sort();
    if (request.method === 'OPTIONS') return void response.set('Allow', allowed.join(', ')).sendStatus(204);
    if (!allowed.includes(request.method)) {
      const detail = `${path} answers to ${allowed.join(', ')}.`;
      throw new Problem('METHOD_NOT_ALLOWED', detail, { headers: { Allow: allowed.join(', ') } });
    }
    const route = found.find((candidate) => methodsOf(candidate).includes(request.method));
    request.routePath = route!.path;
    next();
  };
}

/** Express answers HEAD by every route for GET. */
const methodsOf = ({ methods }: NonNullable<Layer['route']>): string[] =>
  Object.keys(methods).flatMap((method) => (method === 'get' ? ['GET', 'HEAD', 'OPTIONS'] : [method.toUpperCase(), 'OPTIONS']));

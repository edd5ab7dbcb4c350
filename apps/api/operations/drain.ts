import type { Server, ServerResponse } from 'node:http';

/**
 * Watches a server's requests from now on. The function returned ends the server gracefully: no new connections, those that
 * idle are closed, requests in flight are answered, and what is unanswered after `patience` milliseconds is cut off.
 */
export function drainable(server: Server): (patience: number) => Promise<void> {
  const inFlight = new Set<ServerResponse>();
  let draining = false;
  server.prependListener('request', (_request, response: ServerResponse) => {
    inFlight.add(response);
    if (draining) response.setHeader('Connection', 'close');
    response.once('close', () => {
      inFlight.delete(response);
      if (draining) server.closeIdleConnections();
    });
  });
  return async (patience) => {
    draining = true;
    for (const response of inFlight) if (!response.headersSent) response.setHeader('Connection', 'close');
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const cutOff = setTimeout(() => server.closeAllConnections(), patience);
    await closed;
    clearTimeout(cutOff);
  };
}

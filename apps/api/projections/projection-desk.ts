import type { ProjectionStatus } from '#projections/status.js';

/** Where operators look after projections. Also the token by which Nest injects it. */
export abstract class ProjectionDesk {
  abstract readonly status: () => Promise<ProjectionStatus[]>;
  /** Resolves once the wish is kept; whoever keeps the projection fulfils it. */
  abstract readonly requestRebuild: (name: string) => Promise<void>;
}

/** Ready is a read side of which no part stands still. @throws {Error} naming those that do */
export async function requireRunning(status: ProjectionDesk['status']): Promise<void> {
  const stalled = (await status()).filter((one) => one.stalled);
  if (stalled.length > 0) throw new Error(`stalled: ${stalled.map(({ name, stalled }) => `${name} at ${stalled!.position}`).join(', ')}`);
}

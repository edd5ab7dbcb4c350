import type { ProjectionStatus } from '#projections/status.js';

/** Where operators look after projections. Also the token by which Nest injects it. */
export abstract class ProjectionDesk {
  abstract readonly status: () => Promise<ProjectionStatus[]>;
  /** Resolves once the wish is kept; whoever keeps the projection fulfils it. */
  abstract readonly requestRebuild: (name: string) => Promise<void>;
}

/** Ready is a read side that is there, and of which no part stands still. @throws {Error} naming the parts that are not */
export async function requireRunning(status: ProjectionDesk['status']): Promise<void> {
  const amiss = (await status()).filter(({ state }) => state === 'stalled' || state === 'absent');
  if (amiss.length > 0) throw new Error(amiss.map(({ name, state, position }) => `${name} is ${state} at ${position}`).join(', '));
}

export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  readonly position: string;
  readonly head: string;
  readonly lag: number;
  readonly state: 'live' | 'rebuilding' | 'stalled';
  readonly stalled: { readonly position: string; readonly eventId: string; readonly error: string } | null;
  readonly rebuild: { readonly position: string } | null;
};

/** Where operators look after projections. Also the token by which Nest injects it. */
export abstract class ProjectionDesk {
  abstract status(): Promise<ProjectionStatus[]>;
  /** Resolves once the wish is kept; whoever holds the projection fulfils it. */
  abstract requestRebuild(name: string): Promise<void>;
}

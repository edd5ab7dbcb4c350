/** The time now. Passed in wherever time is read, so that a test decides it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

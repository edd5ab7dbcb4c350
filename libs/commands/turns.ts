/** Does the work when all that came before it with the same key is done, whatever came of that. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Work with the same key is done one after another, in the order in which it came; work with different keys at once. */
export function inTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    const leave = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  };
}

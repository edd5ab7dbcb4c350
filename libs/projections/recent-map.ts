/** A map that keeps what was used of late: at least `capacity` entries, at most twice as many, at constant cost. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  /** Forgets what was not used since the last time that this forgot anything, once there is too much of it. */
  forget(): void;
  /** Whether anything was ever forgotten. */
  readonly forgetful: boolean;
}

export function recentMap<Value>(capacity: number): RecentMap<Value> {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();
  let forgetful = false;
  return {
    get(key) {
      const value = recent.get(key);
      if (value !== undefined) return value;
      const found = older.get(key);
      if (found !== undefined) {
        older.delete(key);
        recent.set(key, found);
      }
      return found;
    },
    set: (key, value) => void recent.set(key, value),
    forget() {
      if (recent.size < capacity) return;
      forgetful ||= older.size > 0;
      older = recent;
      recent = new Map();
    },
    get forgetful() {
      return forgetful;
    },
  };
}

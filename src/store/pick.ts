/** Only what a table has columns for: an object may carry more than its type says. Absent keys stay absent. */
export function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const picked = {} as Pick<T, K>
  for (const key of keys) if (key in from) picked[key] = from[key]
  return picked
}

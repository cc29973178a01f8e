// Slack delivers some things twice, and a stolen delivery can be played again: each is worked on once (SE-8, RE-2).

const keptMs = 24 * 60 * 60_000
const atMost = 20_000

export function createOnce(now: () => number = () => performance.now()) {
  const known = new Map<string, { readonly at: number; readonly result: Promise<unknown> }>()

  function forget(): void {
    for (const [key, { at }] of known) {
      if (known.size <= atMost && now() - at < keptMs) return
      known.delete(key)
    }
  }
  return {
    /** Runs `work` for the first delivery under this key; later ones hear what the first one heard. */
    share<T>(key: string, work: () => Promise<T>): Promise<T> {
      const before = known.get(key)
      if (before) return before.result as Promise<T>
      const result = work()
      known.set(key, { at: now(), result })
      forget()
      return result
    },
    /** True for the first delivery only. */
    first(key: string): boolean {
      if (known.has(key)) return false
      known.set(key, { at: now(), result: Promise.resolve() })
      forget()
      return true
    },
  }
}

// Discord can deliver an interaction or a message again, as after a reconnect: each is worked on once (RE-2).

const atMost = 20_000

/** The function is true for the first delivery of an id only. Ids are Discord's own and never come back later. */
export function createOnce(): (id: string) => boolean {
  const known = new Set<string>()
  return (id) => {
    if (known.has(id)) return false
    known.add(id)
    for (const oldest of known) {
      if (known.size <= atMost) break
      known.delete(oldest)
    }
    return true
  }
}

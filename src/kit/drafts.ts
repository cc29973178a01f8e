// What was typed and not yet taken: kept in memory at once, and under the person's key in the store.
import type { Code } from './codec.ts'
import type { Actor, Visitor } from './command.ts'
import type { Raw } from './parse.ts'

/** Kept for a day, sealed; `form` is the form's code without its page. Implemented by the store. */
export type Drafts = {
  put(owner: Pick<Actor, 'programId' | 'personId'>, form: Code, raw: Raw, now: Date): Promise<void>
  get(owner: Pick<Actor, 'programId' | 'personId'>, form: Code, now: Date): Promise<Raw | undefined>
  drop(owner: Pick<Actor, 'programId' | 'personId'>, form: Code): Promise<void>
}

type Owner = { readonly visitor: Visitor; readonly actor: Actor | undefined; readonly now: Date }

const inMemory = 500

/** Memory first, so that reopening a form never waits for the database and words survive when it is down. */
export function draftKeeper(store: Drafts) {
  const memory = new Map<string, Raw>()
  const keyOf = ({ visitor, actor }: Owner, form: Code) =>
    JSON.stringify([visitor.platform, visitor.user, actor?.personId, form])
  return {
    async put(owner: Owner, form: Code, raw: Raw): Promise<void> {
      memory.delete(keyOf(owner, form))
      memory.set(keyOf(owner, form), raw)
      for (const oldest of memory.keys()) {
        if (memory.size <= inMemory) break
        memory.delete(oldest)
      }
      if (owner.actor) await store.put(owner.actor, form, raw, owner.now)
    },
    async get(owner: Owner, form: Code): Promise<Raw> {
      const known = memory.get(keyOf(owner, form))
      return known ?? (owner.actor ? await store.get(owner.actor, form, owner.now) : undefined) ?? {}
    },
    async drop(owner: Owner, form: Code): Promise<void> {
      memory.delete(keyOf(owner, form))
      if (owner.actor) await store.drop(owner.actor, form)
    },
  }
}

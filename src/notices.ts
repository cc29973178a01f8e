// What is said without being asked, made into a message at the moment it is sent: by then somebody may have left.
import type { App } from './app.ts'
import type { Features } from './kit/features.ts'
import { messageWithin } from './kit/dispatch.ts'
import { permits } from './kit/permit.ts'
import { neutral } from './discreet.ts'
import type { Message } from './kit/reply.ts'

/** An outbox row as far as its words go. */
export type Announced = {
  /** The row's id, when it is being sent. */
  readonly id?: string
  readonly programId: string
  readonly personId?: string
  readonly notice: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Undefined when there is nothing to say any more. Throws for a notice nobody knows: a mistake of ours. */
export function noticesOf(app: App, features: Features<App>, now: () => Date) {
  return async ({ id, programId, personId, notice, params }: Announced): Promise<Message | undefined> => {
    const known = features.notices.get(notice)
    if (!known) throw new Error(`there is no notice called ${notice}`)
    const actor = personId === undefined ? undefined : await app.members.now({ programId, personId })
    if (personId !== undefined && !(actor && permits(known.permit, actor.roles))) return undefined
    const full = await known.render({ app, actor, programId, now: now() }, known.params.parse(params))
    const message = full && actor?.discreet && id !== undefined ? neutral(id) : full
    return message && personId !== undefined ? messageWithin(message, programId) : message
  }
}

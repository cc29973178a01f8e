// Direct messages that were read back: recent ones are done as asked, older ones are only screened.
import type { Event } from './kit/dispatch.ts'
import type { Inbox } from './kit/inbox.ts'

/** As long as a platform itself repeats a delivery. */
const askedForMs = 3_600_000

/** All of one direct message, oldest first. Of those too old, only the newest is answered unless the screen finds something. */
export async function takeLate(
  inbox: Inbox,
  all: readonly { readonly said: Event; readonly at: Date }[],
  now: Date,
): Promise<void> {
  const isOld = (at: Date): boolean => now.getTime() - at.getTime() > askedForMs
  const newest = all.at(-1)
  for (const one of all) {
    const { said, at } = one
    const only = one === newest ? 'screened' : 'screened-quietly'
    if (said.key === undefined) continue
    await inbox.late({ ...said, saidAt: at.getTime(), ...(isOld(at) && { only }) }, said.key)
  }
}

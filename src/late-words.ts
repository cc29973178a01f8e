// Direct messages that were read back: recent ones are done as asked, older ones are only screened.
import type { Event } from './kit/dispatch.ts'
import type { Inbox } from './kit/inbox.ts'

/** As long as a platform itself repeats a delivery. */
const askedForMs = 3_600_000

/** All of one direct message, oldest first. Of those too old, only the newest is answered unless the screen finds something. */
export async function takeLate(inbox: Inbox, all: readonly Event[], now: Date): Promise<void> {
  const newest = all.at(-1)
  for (const event of all) {
    const { key, saidAt = now.getTime() } = event
    const only = event === newest ? 'screened' : 'screened-quietly'
    const isOld = now.getTime() - saidAt > askedForMs
    if (key !== undefined) await inbox.late({ ...event, ...(isOld && { only }) }, key)
  }
}

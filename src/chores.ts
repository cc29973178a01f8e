// What has an hour of its own beside the schedules, done at every beat.
import type { App } from './app.ts'
import type { Chore } from './delivery/delivery.ts'

const hourMs = 3_600_000

/** Once an hour; while there is more to do, a little at every beat. */
function hourly(work: (now: Date) => Promise<boolean>, onError: (error: unknown) => void): Chore {
  let next = 0
  return {
    async run(now) {
      if (now.getTime() < next) return
      const more = await work(now).catch(onError)
      if (more !== true) next = now.getTime() + hourMs
    },
  }
}

export const choresOf = (
  { alerts, due, daysKept, invites, measures, meetings, pledges, posts, removals, rooms }: App,
  onError: (error: unknown) => void,
): readonly Chore[] => [
  // First: somebody may be waiting for a person.
  { run: (now) => alerts.run(now, onError), next: (after) => alerts.next(after) },
  { run: (now) => due.run(now, onError), next: (after) => due.next(after) },
  { run: (now) => measures.run(now, onError), next: (after) => measures.next(after) },
  { run: (now) => rooms.run(now, onError), next: (after) => rooms.next(after) },
  { run: (now) => posts.run(now, onError), next: (after) => posts.next(after) },
  hourly((now) => daysKept.removeSome(now), onError),
  hourly(async (now) => {
    await removals.eraseSome(now)
    return false
  }, onError),
  hourly((now) => meetings.keepUp(now), onError),
  hourly(async (now) => {
    await pledges.forget(now)
    await invites.forget(now)
    return false
  }, onError),
]

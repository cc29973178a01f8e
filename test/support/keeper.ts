// What a platform can do about rooms, in memory: it writes down what it was asked, and answers as it is told.
import type { RoomAnswer, RoomKeeper, RoomTrouble } from '../../src/care/groups/room-keeper.ts'

export function recordedKeeper() {
  const calls: string[] = []
  const troubles = new Map<string, RoomTrouble>()
  const messages = new Map<string, { readonly user: string; readonly words: string }>()
  const done = (what: keyof RoomKeeper, ...with_: readonly unknown[]): Promise<RoomAnswer<void>> => {
    calls.push([what, ...with_].join(' '))
    const why = troubles.get(what)
    return Promise.resolve(why === undefined ? { ok: true, value: undefined } : { ok: false, why })
  }
  const keeper: RoomKeeper = {
    platform: 'playground',
    make: () => Promise.resolve({ ok: true, value: 'room' }),
    people: () => Promise.resolve({ ok: true, value: [] }),
    letIn: (_workspace, room, user) => done('letIn', room, user),
    putOut: (_workspace, room, user) => done('putOut', room, user),
    mayWrite: (_workspace, room, user, may) => done('mayWrite', room, user, may),
    openToWrite: (_workspace, room, open) => done('openToWrite', room, open),
    slow: (_workspace, room, seconds) => done('slow', room, seconds),
    archive: (_workspace, room) => done('archive', room),
    timeOut: (_workspace, user, until) => done('timeOut', user, until === undefined ? 'over' : 'on'),
    read(_workspace, _room, message) {
      const value = messages.get(message)
      return Promise.resolve(value ? { ok: true, value } : { ok: false, why: 'gone' })
    },
    remove(_workspace, room, message) {
      if (!troubles.has('remove')) messages.delete(message)
      return done('remove', room, message)
    },
  }
  return { keeper, calls, troubles, messages, keepers: () => keeper }
}

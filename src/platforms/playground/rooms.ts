// Groups' rooms in the playground: the same questions as on the platforms, answered from memory.
import type { RoomAnswer, RoomKeeper } from '../../care/groups/room-keeper.ts'
import type { Chat } from './chat.ts'
import type { PrivateRoom } from './people.ts'

const yes = <T>(value: T): Promise<RoomAnswer<T>> => Promise.resolve({ ok: true, value })
const gone = Promise.resolve({ ok: false, why: 'gone' } as const)

export function createRooms(chat: Chat, silenced: Map<string, Date>): RoomKeeper {
  const within = (id: string, change: (room: PrivateRoom) => void): Promise<RoomAnswer<void>> => {
    const room = chat.groups.get(id)
    if (!room) return gone
    change(room)
    return yes(undefined)
  }
  return {
    platform: 'playground',
    make(_workspace, { mark, name }) {
      const known = [...chat.groups.values()].find((one) => one.mark === mark)
      const room = known?.room ?? `group-${mark}`
      if (!known)
        chat.groups.set(room, {
          room,
          mark,
          name: { en: name, es: name },
          members: new Set(),
          quiet: new Set(),
          open: true,
        })
      return yes(room)
    },
    people(_workspace, room) {
      const found = chat.groups.get(room)
      return found ? yes([...found.members]) : gone
    },
    letIn: (_workspace, room, user) =>
      chat.person(user) ? within(room, ({ members }) => void members.add(user)) : gone,
    putOut: (_workspace, room, user) => within(room, ({ members }) => void members.delete(user)),
    mayWrite: (_workspace, room, user, may) =>
      within(room, ({ quiet }) => void (may ? quiet.delete(user) : quiet.add(user))),
    openToWrite: (_workspace, room, open) => within(room, (found) => void (found.open = open)),
    slow: () => Promise.resolve({ ok: false, why: 'not-possible' }),
    archive: (_workspace, room) => within(room, (found) => void (found.open = false)),
    timeOut(_workspace, user, until) {
      if (until) silenced.set(user, until)
      else silenced.delete(user)
      return yes(undefined)
    },
    read(_workspace, room, message) {
      const found = chat.inRoom(room, message)
      return found && 'words' in found.body ? yes({ user: found.from ?? '', words: found.body.words }) : gone
    },
    remove(_workspace, room, message) {
      if (!chat.inRoom(room, message)) return gone
      chat.remove(message)
      return yes(undefined)
    },
  }
}

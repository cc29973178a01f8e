// Who one can be in the playground, and where. All of them are made up.
import { t, type Text } from '../../words/text.ts'

export type PlaygroundPerson = {
  /** The platform's user id. */
  readonly user: string
  readonly name: string
  /** Said beside the name. */
  readonly about: Text
  /** What the program is told about this person at the first start; undefined for somebody who has not joined. */
  readonly role?: 'member' | 'alum' | 'facilitator' | 'admin'
  readonly managesWorkspace: boolean
}
export type PlaygroundRoom = { readonly room: string; readonly name: Text }
/** A group's room: only who was let in sees it. */
export type PrivateRoom = PlaygroundRoom & {
  readonly mark: string
  readonly members: Set<string>
  /** Who may read but not write. */
  readonly quiet: Set<string>
  open: boolean
}

/** The only workspace there is. */
export const workspace = 'playground'

export const people: readonly PlaygroundPerson[] = [
  { user: 'robin', name: 'Robin', about: t('playground.about.newcomer'), managesWorkspace: false },
  { user: 'ana', name: 'Ana', about: t('playground.about.member'), role: 'member', managesWorkspace: false },
  { user: 'jo', name: 'Jo', about: t('playground.about.member'), role: 'member', managesWorkspace: false },
  { user: 'teo', name: 'Teo', about: t('playground.about.alum'), role: 'alum', managesWorkspace: false },
  {
    user: 'maya',
    name: 'Maya',
    about: t('playground.about.facilitator'),
    role: 'facilitator',
    managesWorkspace: false,
  },
  { user: 'sam', name: 'Sam', about: t('playground.about.admin'), role: 'admin', managesWorkspace: true },
]

export const rooms: readonly PlaygroundRoom[] = [
  { room: 'evening-group', name: t('playground.room.evening') },
  { room: 'alumni', name: t('playground.room.alumni') },
]

const directPrefix = 'direct-'
export const directRoom = (user: string): string => `${directPrefix}${user}`
export const isDirect = (room: string): boolean => room.startsWith(directPrefix)

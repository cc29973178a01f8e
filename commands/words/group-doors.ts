// Doors to the screens of groups, and a group in words.
import { z } from 'zod'
import type { Group, Seat } from '../../src/care/groups/ports.ts'
import { button, small } from '../../src/kit/reply.ts'
import { t, type Text } from '../../src/words/text.ts'

export const onGroup = z.object({ group: z.string().min(1) })
export const onSeat = onGroup.extend({ who: z.string().min(1) })

export const groupsDoor = { id: 'gr', params: z.object({ from: z.string().regex(/^\d+$/).optional() }) }
export const groupDoor = { id: 'gr.see', params: onGroup }
export const groupPeopleDoor = { id: 'gr.people', params: onGroup }
export const groupAgreementDoor = { id: 'gr.words', params: onGroup }

export const backToGroup = (group: string) => button(t('groups.back.one'), groupDoor, { group })
export const ownReaders = small(t('groups.readers'))
export const leaderReaders = small(t('groups.people.readers'))

export const kindWords = ({ kind }: Group): Text =>
  kind === 'everyone' ? t('groups.title') : t(`journal.kind.${kind}`)

/** Where somebody stands, said to themselves. */
export const standing = ({ seat, state }: Seat): Text =>
  state === 'asked' || state === 'waiting' || state === 'agreeing'
    ? t(`groups.seat.${state}`)
    : t(`groups.seat.${seat}`)

const standard = [1, 2, 3, 4, 5, 6, 7, 8] as const
/** The standard agreement, a line at a time. */
export const standardAgreement: readonly Text[] = standard.map((line) => t(`groups.standard.${line}`))

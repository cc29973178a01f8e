// Doors to the screens of buddies.
import { z } from 'zod'
import { small } from '../../src/kit/reply.ts'
import { t } from '../../src/words/text.ts'
import { onGroup } from './group-doors.ts'

export const onPair = z.object({ pair: z.string().min(1) })
export const buddiesDoor = { id: 'bu', params: z.object({}) }
export const buddyQuestionDoor = { id: 'bu.ask', params: onPair }
export const buddyDoor = { id: 'bu.see', params: onPair }
/** For those who lead the group. */
export const buddiesOfGroupDoor = { id: 'bu.group', params: onGroup }

export const buddyReaders = small(t('buddies.readers'))

// Doors to the screens of alumni and peer leaders.
import { z } from 'zod'
import { small } from '../../src/kit/reply.ts'
import { t } from '../../src/words/text.ts'
import { onGroup, onSeat } from './group-doors.ts'

export const alumniDoor = { id: 'gd', params: z.object({ from: z.string().regex(/^\d+$/).optional() }) }
/** For those who lead a group: everybody in it, and how far each has come. */
export const alumniGroupDoor = { id: 'gd.group', params: onGroup }
export const alumniPersonDoor = { id: 'gd.who', params: onSeat }
/** To stop taking part, for whatever reason. */
export const stopDoor = { id: 'help.stop', params: z.object({}) }

export const alumniReaders = small(t('alumni.readers'))
export const alumniStaffReaders = small(t('alumni.staff.readers'))

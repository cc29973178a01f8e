// Doors to the 24 hours of a group.
import { z } from 'zod'
import { onGroup } from './group-doors.ts'

const from = z.string().regex(/^\d+$/).optional()
export const pledgesDoor = { id: 'pg', params: z.object({ from }) }
export const pledgeDoor = { id: 'pg.see', params: onGroup.extend({ from }) }

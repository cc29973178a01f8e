// Doors to codes and invitations, from staff pages and a group's own.
import { z } from 'zod'

export const invitesDoor = { id: 'iv', params: z.object({ from: z.string().regex(/^\d+$/).optional() }) }
/** A code for the program, or for one group of it. */
export const newCodeDoor = { id: 'iv.new', params: z.object({ group: z.string().optional() }) }

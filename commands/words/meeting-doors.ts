// Doors to the screens of meetings.
import { z } from 'zod'
import { button } from '../../src/kit/reply.ts'
import { t } from '../../src/words/text.ts'

export const onMeeting = z.object({ meeting: z.string().min(1) })
export const onScope = onMeeting.extend({ scope: z.enum(['one', 'all']) })
export const meetingsDoor = {
  id: 'mt.list',
  params: z.object({ from: z.string().regex(/^\d+$/).optional() }),
}
export const meetingDoor = { id: 'mt.see', params: onMeeting }

export const backToMeeting = (meeting: string) => button(t('meetings.back.one'), meetingDoor, { meeting })
export const toMeetings = button(t('meetings.title'), meetingsDoor, {})

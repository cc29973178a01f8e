// A meeting as a calendar file (RFC 5545), for the calendar that a member keeps.
import { createEvent } from 'ics'
import type { Meeting } from './ports.ts'

/** `title` is neutral, as calendars are shared. A file made later takes the older one's place, as its number is higher. */
export function calendarFile(meeting: Meeting, title: string, now: Date): Uint8Array {
  const off = meeting.state === 'cancelled'
  const { value, error } = createEvent({
    uid: `${meeting.id}@handrail`,
    sequence: Math.floor(now.getTime() / 1000),
    title,
    start: meeting.startsAt.getTime(),
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: meeting.minutes },
    status: off ? 'CANCELLED' : 'CONFIRMED',
    method: off ? 'CANCEL' : 'PUBLISH',
    productId: 'handrail',
  })
  if (typeof value !== 'string') throw error ?? new Error('no calendar file')
  return new TextEncoder().encode(value)
}

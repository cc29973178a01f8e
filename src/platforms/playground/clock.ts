// Where a wish to move the clock leads, in the zone of the person who asks.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'

export const clockWish = z.union([
  z.strictObject({ minutes: z.int().min(1).max(1440) }),
  z.strictObject({ tomorrowAt: z.iso.time({ precision: -1 }) }),
  z.strictObject({ day: z.iso.date(), time: z.iso.time({ precision: -1 }) }),
])
/** At most this far: every prompt on the way is really sent. */
const farthestDays = 400

export function wishedInstant(wish: z.infer<typeof clockWish>, now: Date, zone: string): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  const to =
    'minutes' in wish
      ? here.add({ minutes: wish.minutes })
      : 'day' in wish
        ? Temporal.PlainDate.from(wish.day).toZonedDateTime({ timeZone: zone, plainTime: wish.time })
        : here.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime: wish.tomorrowAt })
  if (Temporal.ZonedDateTime.compare(to, here) <= 0) throw new Refusal(t('playground.clock.forward'))
  if (Temporal.ZonedDateTime.compare(to, here.add({ days: farthestDays })) > 0)
    throw new Refusal(t('playground.clock.far', { days: farthestDays }))
  return new Date(to.epochMilliseconds)
}

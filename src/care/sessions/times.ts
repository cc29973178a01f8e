// When a session meets, and what lies some minutes before or after it, on the weekday that comes out.
import type { Weekday } from '../prompts/ports.ts'
import { cronOf, patternOf, type Pattern } from '../prompts/cron.ts'

const dayMin = 24 * 60

/** The same pattern so many minutes later, or earlier when negative: over midnight it is another weekday. */
export function shifted(cron: string, minutes: number): string {
  const { time, days } = patternOf(cron)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const total = hour * 60 + minute + minutes
  const over = Math.floor(total / dayMin)
  const within = total - over * dayMin
  const pad = (value: number) => String(value).padStart(2, '0')
  const moved: Pattern = {
    time: `${pad(Math.floor(within / 60))}:${pad(within % 60)}`,
    days: days.map((day) => ((((day - 1 + over) % 7) + 7) % 7) + 1).map((day) => day as Weekday),
  }
  return cronOf({ ...moved, days: moved.days.toSorted((a, b) => a - b) })
}

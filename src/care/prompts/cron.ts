// A time of day on weekdays, as a five-part cron expression and back. Nobody types or reads cron here.
import type { Weekday } from './ports.ts'

export type Pattern = { readonly time: string; readonly days: readonly Weekday[]; readonly monthDay?: number }

export const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

export function cronOf({ time, days, monthDay }: Pattern): string {
  const [hour = '0', minute = '0'] = time.split(':')
  const on = days.length === 0 || days.length === 7 ? '*' : days.toSorted((a, b) => a - b).join(',')
  return `${Number(minute)} ${Number(hour)} ${monthDay ?? '*'} * ${on}`
}

export function patternOf(cron: string): Pattern {
  const [minute = '0', hour = '0', date = '*', , on = '*'] = cron.split(' ')
  const days = on === '*' ? everyDay : everyDay.filter((day) => on.split(',').includes(String(day)))
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  return date === '*' ? { time, days } : { time, days, monthDay: Number(date) }
}

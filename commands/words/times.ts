// Times as a person reads them, in their zone. The reader's language decides the form when the sentence is rendered.
import type { Text } from '../../src/words/text.ts'
import type { Weekday } from '../../src/care/prompts/ports.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
function format(language: 'en' | 'es', zone: string): Intl.DateTimeFormat {
  const key = `${language}${zone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  })
  formats.set(key, made)
  return made
}

/** Like "Mon, Mar 9, 9:00 AM" or "lun, 9 mar, 9:00". */
export const atTime = (at: Date, zone: string): Text => ({
  en: format('en', zone).format(at),
  es: format('es', zone).format(at),
})

export const dayName = (days: readonly Weekday[]): Text => {
  const names = (language: 'en' | 'es') =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(
      days.map((day) =>
        new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
          new Date(Date.UTC(2024, 0, day)),
        ),
      ),
    )
  return { en: names('en'), es: names('es') }
}

/** Like "9:05 AM" or "9:05": the time it is now, so that a person can see whether the zone is theirs. */
export const clockTime = (at: Date, zone: string): Text => ({
  en: new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(at),
  es: new Intl.DateTimeFormat('es', { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(at),
})

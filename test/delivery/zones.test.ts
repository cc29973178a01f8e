// Every zone and alias, every transition 2020-2035: a daily time comes once a local day. Between two transitions
// the offset is constant, so the days around each are walked one by one and the stretch between is counted.
import { existsSync, readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { local, localDay, nextDay, nextSlot, slotFrom, type Slot } from '../../src/delivery/when.ts'

const dayMs = 86_400_000
const begin = new Date('2020-01-01T00:00:00Z')
const end = new Date('2036-01-01T00:00:00Z')

/** Old names that people and systems still use; Intl lists only one name for each place. */
const aliases = `US/Eastern US/Central US/Mountain US/Pacific US/Arizona US/Alaska US/Hawaii Canada/Atlantic
  Canada/Newfoundland America/Buenos_Aires America/Argentina/Buenos_Aires America/Godthab America/Nuuk
  America/Indianapolis America/Indiana/Indianapolis America/Fort_Wayne America/Knox_IN Asia/Calcutta Asia/Kolkata
  Asia/Katmandu Asia/Kathmandu Asia/Saigon Asia/Ho_Chi_Minh Asia/Rangoon Asia/Yangon Asia/Tel_Aviv Asia/Istanbul
  Europe/Kiev Europe/Kyiv Europe/Belfast Europe/Nicosia Europe/Tiraspol Australia/ACT Australia/NSW
  Australia/Victoria Australia/LHI Australia/West Atlantic/Faeroe Atlantic/Faroe Atlantic/Jan_Mayen Africa/Asmera
  Pacific/Truk Pacific/Chuuk Pacific/Ponape Pacific/Enderbury Pacific/Kanton GB GB-Eire NZ NZ-CHAT Eire Portugal Poland
  Turkey Israel Iran Japan Singapore Egypt Libya Cuba Jamaica Navajo PRC ROC ROK Brazil/East Brazil/West
  Chile/Continental Chile/EasterIsland Mexico/General Mexico/BajaNorte Antarctica/Troll Antarctica/McMurdo
  EST MST HST EST5EDT CST6CDT MST7MDT PST8PDT WET CET MET EET UTC GMT Etc/UTC Etc/GMT+12 Etc/GMT-14 Zulu
`
  .trim()
  .split(/\s+/)

/** What the machine's own tz data lists, where it has any: zones (`Z name ...`) and links (`L target name`). */
const tzdata = '/usr/share/zoneinfo/tzdata.zi'
const system = existsSync(tzdata)
  ? [...readFileSync(tzdata, 'utf8').matchAll(/^(?:Z|L \S+) (\S+)/gm)].map(([, name = '']) => name)
  : []

const isKnown = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), ...aliases, ...system])].filter(isKnown)

function transitionsOf(zone: string): number[] {
  const found: number[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(begin.getTime()).toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= end.getTime()) return found
    found.push(next.epochMilliseconds)
    at = next
  }
}

const daysApart = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs

/** Walks from two days before a transition to two days after it and returns the slots on either side. */
function around(zone: string, cron: string, time: string, transition: number): readonly [Slot, Slot] {
  const slots: Slot[] = []
  let slot = slotFrom(cron, zone, new Date(transition - 2 * dayMs))
  for (; slot && slot.at.getTime() < transition + 2 * dayMs; slot = nextSlot(cron, zone, slot.at))
    slots.push(slot)
  const where = `${zone} ${time} at ${new Date(transition).toISOString()}`
  for (const [index, here] of slots.entries()) {
    const before = slots[index - 1]
    if (before) expect(here.day, where).toBe(nextDay(before.day))
    if (before) expect(here.at.getTime(), where).toBeGreaterThan(before.at.getTime())
    if (local(here.at, zone).time !== time)
      expect(here.at.getTime(), `${where}: end of the gap`).toBe(transition)
    else expect(localDay(here.at, zone), where).toBe(here.day)
  }
  const first = slots.at(0)
  const last = slots.at(-1)
  if (slots.length < 3 || !first || !last) throw new Error(`${where}: only ${slots.length} runs in four days`)
  return [first, last]
}

for (const time of ['02:30', '09:00'])
  test(`a daily ${time} comes once a local day in every zone through every transition from 2020 to 2035`, () => {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    const cron = `${minute} ${hour} * * *`
    let transitions = 0
    for (const zone of zones) {
      let last = slotFrom(cron, zone, begin)
      for (const transition of [...transitionsOf(zone), end.getTime()]) {
        transitions += 1
        const [before, after] = around(zone, cron, time, transition)
        if (!last) throw new Error(`${zone} has no run`)
        // The offset did not change since `last`: as many local days as whole days of real time.
        expect((before.at.getTime() - last.at.getTime()) / dayMs, `${zone} ${before.day}`).toBe(
          daysApart(last.day, before.day),
        )
        last = after
      }
    }
    expect(zones.length).toBeGreaterThan(450)
    expect(transitions).toBeGreaterThan(5_000)
  })

// Everything that is brought to people: by those who raise it, and by staff who handle it.
import type { Audits } from '../audit/ports.ts'
import type { Readings } from '../checkins/ports.ts'
import type { Groups } from '../groups/ports.ts'
import type { RoomKeepers } from '../groups/room-keeper.ts'
import type { Measures } from '../measures/ports.ts'
import type { Announcements, People } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Duties } from '../safety/ports.ts'
import type { ScreeningOf } from '../safety/screening.ts'
import type { WaysOf } from '../safety/ways.ts'
import { handlingOf } from './handling.ts'
import { namesOf } from './naming.ts'
import type { Cases, Ways } from './ports.ts'
import { raisingOf } from './raising.ts'
import { sightOf } from './sight.ts'

type Parts = {
  readonly cases: Cases
  readonly ways: Ways
  readonly alerts: WaysOf
  readonly screening: ScreeningOf
  readonly groups: Groups
  readonly measures: Measures
  readonly people: People
  readonly keepers: RoomKeepers
  readonly duties: Duties
  readonly audits: Audits
  readonly readings: Readings
  readonly announcements: Announcements
  readonly when: When
  readonly newId: () => string
}

export function casesOf(parts: Parts) {
  const sight = sightOf(parts)
  return {
    ...raisingOf({ ...parts, ways: parts.alerts, sight }),
    ...handlingOf({ ...parts, sight }),
    ...namesOf({ ...parts, sight }),
  }
}
export type CasesOf = ReturnType<typeof casesOf>

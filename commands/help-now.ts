// /help-now: a person to talk to, at once, for everybody, with nothing set up and nothing recorded (CR-1, CR-2).
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import {
  countriesIn,
  internationalLine,
  linesFor,
  standingOf,
  type Helpline,
} from '../src/care/safety/helplines.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { permits } from '../src/kit/permit.ts'
import {
  button,
  heading,
  link,
  list,
  pick,
  say,
  small,
  type Block,
  type Button,
  type Link,
  type Message,
} from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { planDoor, skillsDoor } from './words/doors.ts'
import { waysOf } from './words/lines.ts'

type Asking = Call<App, Person | undefined>

export function standing(line: Helpline, today: string): Text {
  const found = standingOf(line, today)
  return found.kind === 'not-verified' ? t('help.not-verified') : t(`help.${found.kind}`, { on: found.on })
}

const lineBlocks = (line: Helpline, today: string): readonly (Block | Text | Button | Link)[] => [
  t('help.line', { name: line.name, for: line.for, hours: line.hours }),
  list(waysOf(line)),
  small(t('help.source', { url: line.source, standing: standing(line, today) })),
]

/** Opening these needs the database; the lines above do not. */
const own = (actor: Person | undefined): readonly Button[] =>
  actor && permits('member', actor.roles)
    ? [button(t('plans.open.safety'), planDoor, { plan: 'safety' }), button(t('skills.fits'), skillsDoor, {})]
    : []

function answer({ app, actor, visitor, now, language }: Asking, country: string | undefined): Message {
  const where = { platform: visitor.platform, workspace: visitor.workspace }
  const known = country ?? app.lines.countryFor(actor, where)
  const found = app.lines.in(known, actor?.programId, where)
  const today = now.toISOString().slice(0, 10)
  const countries = countriesIn(language)
  const choose = Array.from({ length: Math.ceil(countries.length / 25) }, (_, i) =>
    pick(t('help.pick'), helpFor, { part: String(i) }, countries.slice(i * 25, (i + 1) * 25)),
  )
  if (!found)
    return say(
      heading(t('help.now.title')),
      t(known === undefined ? 'help.where' : 'help.no-lines'),
      t('help.emergency.local'),
      ...choose,
      link(internationalLine.name, internationalLine.url),
      ...own(actor),
      small(t('help.unwatched')),
    )
  return say(
    heading(t('help.now.title')),
    ...found.emergency.map((one) => t('help.emergency', { number: one.number, for: one.for })),
    ...found.lines.flatMap((line) => lineBlocks(line, today)),
    button(t('help.elsewhere'), elsewhere, {}),
    ...own(actor),
    link(internationalLine.name, internationalLine.url),
    small(t('help.unwatched')),
  )
}

/** The lines themselves, for a moment in which nobody should have to press anything first. */
export const linesNow = (call: Asking): readonly Block[] => answer(call, undefined).blocks

export const helpNow = defineCommand({
  name: 'help-now',
  title: t('help.now.command.title'),
  description: t('help.now.command.about'),
  permit: 'anyone',
  always: true,
  options: {},
  run: (call) => answer(call, undefined),
})

export const helpNowHere = defineAction({
  id: 'help.now',
  permit: 'anyone',
  always: true,
  params: z.object({}),
  run: (call) => answer(call, undefined),
})

export const helpFor = defineAction({
  id: 'help.for',
  permit: 'anyone',
  always: true,
  params: z.object({ part: z.string() }),
  run: (call, _params, chosen) => ({
    kind: 'update',
    message: answer(call, linesFor(chosen) ? chosen : undefined),
  }),
})

export const elsewhere = defineAction({
  id: 'help.elsewhere',
  permit: 'anyone',
  always: true,
  params: z.object({}),
  run: (call) => ({ kind: 'update', message: answer(call, 'elsewhere') }),
})

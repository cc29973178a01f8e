// /drill: pages the roster with a made-up case, and says how long the way to a human took.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Case } from '../src/care/cases/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { openAlert } from './alerts.ts'
import { atTime } from './words/times.ts'

type Asking = Call<App, Person>
const shownDrills = 5

async function report({ app, actor }: Asking, one: Case): Promise<readonly Part[]> {
  const { asked, taken, finished } = await app.alerts.times(actor.programId, one.id)
  const after = (seconds: number | undefined): Text =>
    seconds === undefined ? t('safety.drill.not-yet') : t('safety.drill.after', { seconds })
  return [
    atTime(one.createdAt, actor.zone),
    t('safety.drill.report', { asked: after(asked), taken: after(taken), finished: after(finished) }),
    button(t('safety.page.open'), openAlert, { case: one.id }),
  ]
}

async function page(call: Asking, first: Text): Promise<Message> {
  const past = await call.app.alerts.drills(call.actor, shownDrills)
  const rows = await Promise.all(past.map((one) => report(call, one)))
  return say(
    heading(t('safety.drill.command.title')),
    first,
    button(t('safety.drill.start'), startDrill, { drill: call.app.newId() }, 'careful'),
    t(past.length === 0 ? 'safety.drill.none' : 'safety.drill.past'),
    ...rows.flat(),
    small(t('safety.duty.readers')),
  )
}

export const drill = defineCommand({
  name: 'drill',
  title: t('safety.drill.command.title'),
  description: t('safety.drill.command.about'),
  permit: 'staff',
  wait: 'privately',
  options: {},
  run: (call) => page(call, t('safety.drill.ask')),
})

export const startDrill = defineAction({
  id: 'dr.go',
  permit: 'staff',
  params: z.object({ drill: z.string().min(1) }),
  async run(call, { drill: id }) {
    await call.app.alerts.drill(call.actor, id, call.now)
    return { kind: 'update', message: await page(call, t('safety.drill.started')) }
  },
})

// /roster: for facilitators. Only what was shared, and who could not be reached; silence is not listed.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { RosterRow } from '../src/care/members/roster.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, pick, say, small, type Block, type Button, type Message } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { pickPerson } from './measures.ts'
import { readShared } from './shared.ts'
import { atTime } from './words/times.ts'

function row(
  { person, shared, unreachedSince }: RosterRow,
  zone: string,
): readonly (Text | Block | Button)[] {
  const state = unreachedSince
    ? t('people.roster.unreached', { name: person.name, since: atTime(unreachedSince, zone) })
    : t(shared ? 'people.roster.shared' : 'people.roster.nothing', { name: person.name })
  return [
    state,
    ...(shared
      ? [button(t('people.roster.read', { name: person.name }), readShared, { ci: shared.id })]
      : []),
  ]
}

async function page({ app, actor, now }: Call<App, Person>, after?: string): Promise<Message> {
  const { rows, next } = await app.roster.page(actor, after, now)
  return say(
    heading(t('people.roster.title', { program: actor.program.name })),
    ...(rows.length === 0 ? [t('people.roster.empty')] : []),
    ...rows.flatMap((one) => row(one, actor.zone)),
    ...(rows.length === 0
      ? []
      : [
          pick(
            t('cases.people.choose'),
            pickPerson,
            {},
            rows.map(({ person }) => ({ value: person.personId, label: person.name })),
          ),
        ]),
    ...(next === undefined ? [] : [button(t('reminders.page.more'), rosterPage, { after: next })]),
    ...(after === undefined ? [] : [button(t('people.roster.first'), rosterPage, { after: '' })]),
    small(t('people.roster.readers')),
  )
}

export const roster = defineCommand({
  name: 'roster',
  title: t('people.roster.command.title'),
  description: t('people.roster.command.about'),
  permit: 'facilitator',
  wait: 'privately',
  options: {},
  run: (call) => page(call),
})

export const rosterPage = defineAction({
  id: 'roster.page',
  permit: 'facilitator',
  params: z.object({ after: z.string().optional() }),
  run: async (call, { after }) => ({ kind: 'update', message: await page(call, after) }),
})

// /worried: one person is worried about another. What to say to them, and the way to staff (feature row 96).
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, list, pick, say, small, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { nameField } from './report.ts'
import type { Asking } from './words/case-words.ts'
import { watched } from './words/coverage.ts'
import { ownCaseDoor, worriedDoor } from './words/doors.ts'
import { nameWords } from './words/names.ts'

/** Discord's menus hold as many, and one place is for somebody else. */
const perMenu = 24
const somebodyElse = 'else'

async function page(call: Asking): Promise<Message> {
  const people = await call.app.cases.near(call.actor)
  const menus = Array.from({ length: Math.max(1, Math.ceil(people.length / perMenu)) }, (_, at) => at)
  return say(
    heading(t('cases.worry.title')),
    t('cases.worry.now'),
    button(t('help.now.button'), helpNowHere, {}, 'main'),
    t('cases.worry.say'),
    list([
      t('cases.worry.say.see'),
      t('cases.worry.say.ask'),
      t('cases.worry.say.listen'),
      t('cases.worry.say.secret'),
      t('cases.worry.say.you'),
    ]),
    small(t('cases.worry.review')),
    ...menus.map((at) =>
      pick(t('cases.worry.tell'), worriedAbout, { part: String(at) }, [
        ...people
          .slice(at * perMenu, (at + 1) * perMenu)
          .map(({ personId, name }) => ({ value: personId, label: nameWords(name) })),
        { value: somebodyElse, label: t('cases.worry.else') },
      ]),
    ),
    small(await watched(call)),
    small(t('cases.worry.page.readers')),
  )
}

export const worried = defineCommand({
  name: 'worried',
  title: t('cases.worry.command.title'),
  description: t('cases.worry.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call),
})

export const openWorried = defineAction({
  ...worriedDoor,
  permit: 'known',
  run: async (call) => ({ kind: 'update', message: await page(call) }),
})

export const worriedAbout = defineAction({
  id: 'wo.who',
  permit: 'known',
  params: z.object({ part: z.string().optional() }),
  run: ({ app, actor }, _params, chosen) =>
    open(worryForm, actor, {
      case: app.newId(),
      ...(chosen !== undefined && chosen !== somebodyElse && { who: chosen }),
    }),
})

export const worryForm = defineForm({
  id: 'wo.tell',
  title: t('cases.worry.title'),
  readers: t('cases.worry.readers'),
  permit: 'known',
  hears: 'case',
  params: z.object({ case: z.string().min(1), who: z.string().min(1).optional() }),
  fields: {
    words: f.optional(f.paragraph(t('cases.worry.words'), { max: 2000, hint: t('cases.worry.words.hint') })),
    when: f.choice(t('cases.worry.when'), [
      { value: 'now', label: t('cases.worry.when.now') },
      { value: 'soon', label: t('cases.worry.when.soon') },
    ]),
    name: nameField,
  },
  async run(call, { words, when, name }, params) {
    const worry = {
      id: params.case,
      about: params.who,
      words,
      isNow: when === 'now',
      nameless: name === 'hidden',
    }
    const one = await call.app.cases.worry(call.actor, worry, call.now)
    return say(
      t(one.level === 'urgent' ? 'cases.report.thanks.urgent' : 'cases.report.thanks'),
      t('cases.report.danger'),
      button(t('help.now.button'), helpNowHere, {}, 'main'),
      t('cases.worry.say.you'),
      button(t('cases.own.see'), ownCaseDoor, { case: one.id }),
      small(await watched(call)),
      small(t('cases.worry.readers')),
    )
  },
})

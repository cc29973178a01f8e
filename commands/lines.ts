// Crisis lines as an admin looks after them: checked on a day, or replaced for the program (CR-2).
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, link, say, small, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { standing } from './help-now.ts'
import { countryName } from './words/countries.ts'

const line = z.object({ line: z.string() })

export const showLines = defineAction({
  id: 'lines.show',
  permit: 'admin',
  params: z.object({}),
  run({ app, actor, visitor, now }): Message {
    const { country } = actor.program
    const found = app.lines.in(country, actor.programId, visitor)
    const today = app.when.localDay(now, actor.zone)
    if (!found)
      return say(heading(t('help.lines.title')), t('help.lines.none', { country: countryName(country) }))
    return say(
      heading(t('help.lines.title')),
      t('help.lines.about'),
      ...found.lines.flatMap((one) => [
        t('help.line', { name: one.name, for: one.for, hours: one.hours }),
        small(standing(one, today)),
        button(t('help.lines.verify', { name: one.name }), verifyLine, { line: one.id }),
        button(t('help.lines.replace', { name: one.name }), replaceLine, { line: one.id }),
        link(one.name, one.source),
      ]),
      small(t('people.setup.card-readers')),
    )
  },
})

export const verifyLine = defineAction({
  id: 'lines.ok',
  permit: 'admin',
  params: line,
  async run({ app, actor, now }, params): Promise<Message> {
    await app.lines.verify(actor, params.line, now)
    return say(t('help.lines.verified'), button(t('help.lines.look'), showLines, {}))
  },
})

export const replaceLine = defineForm({
  id: 'lines.new',
  title: t('help.lines.form'),
  readers: t('help.lines.form-readers'),
  permit: 'admin',
  params: line,
  fields: {
    name: f.text(t('help.lines.name'), { max: 80 }),
    call: f.text(t('help.lines.call'), { max: 40 }),
    source: f.text(t('help.lines.source'), { max: 200 }),
  },
  async run({ app, actor, now }, to, params) {
    await app.lines.replace(actor, params.line, to, now)
    return say(t('help.lines.replaced'), button(t('help.lines.look'), showLines, {}))
  },
})

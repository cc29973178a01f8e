// For facilitators who will be away: a letter to the people of their groups (C21), and what each of them gets.
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, quote, say, small, update, type Update } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { askDoor } from './words/doors.ts'
import { dayWords } from './words/days.ts'

const onLetter = z.object({ letter: z.string().min(1) })
const readers = small(t('away-letter.readers'))

export const awayLetters = defineAction({
  id: 'al.all',
  permit: 'facilitator',
  params: z.object({}),
  async run({ app, actor, now }): Promise<Update> {
    const current = await app.awayLetters.current(actor, now)
    return update(
      heading(t('away-letter.title')),
      ...(current.length === 0 ? [t('away-letter.none')] : []),
      ...current.flatMap(({ id, body }) => [
        t('away-letter.row', { from: dayWords(body.from), to: dayWords(body.to) }),
        quote(body.words),
        button(
          t('away-letter.undo', { from: dayWords(body.from) }),
          takeAwayLetterBack,
          { letter: id },
          'careful',
        ),
      ]),
      button(t('away-letter.write'), awayLetterForm, { letter: app.newId() }, 'main'),
      readers,
    )
  },
})

export const awayLetterForm = defineForm({
  id: 'al.form',
  title: t('away-letter.title'),
  readers: t('away-letter.readers'),
  permit: 'facilitator',
  hears: 'group',
  params: onLetter,
  fields: {
    from: f.date(t('away-letter.from')),
    to: f.date(t('away-letter.to')),
    cover: f.optional(f.text(t('away-letter.cover'), { max: 80, hint: t('away-letter.cover.hint') })),
    words: f.paragraph(t('away-letter.words'), { max: 1500 }),
  },
  async run({ app, actor, now }, said, { letter }) {
    const people = await app.awayLetters.write(actor, letter, said, now)
    return say(t('away-letter.sent', { people }), button(t('away-letter.title'), awayLetters, {}), readers)
  },
})

export const takeAwayLetterBack = defineAction({
  id: 'al.undo',
  permit: 'facilitator',
  params: onLetter,
  async run({ app, actor }, { letter }) {
    await app.awayLetters.remove(actor, letter)
    return update(t('away-letter.undone'), button(t('away-letter.title'), awayLetters, {}), readers)
  },
})

export const awayLetterTold = defineNotice({
  id: 'away-letter',
  permit: 'known',
  params: z.object({ group: z.string(), letter: z.string(), of: z.string() }),
  async render({ app, actor, now }, { letter: id, of }) {
    if (!actor) return undefined
    const found = await app.awayLetters.read(actor, of, id, now).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined
      throw error
    })
    if (!found) return undefined
    const { from, to, cover, words } = found.letter.body
    return say(
      t('away-letter.told', { name: found.name, from: dayWords(from), to: dayWords(to) }),
      ...(cover === undefined ? [] : [t('away-letter.told.cover', { cover })]),
      quote(words),
      button(t('cases.ask.title'), askDoor, {}),
      button(t('help.now.button'), helpNowHere, {}),
      small(t('away-letter.told.readers')),
    )
  },
})

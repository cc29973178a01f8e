// Hard talks rehearsed: the bot plays the other person, and what one tries is let go unless one keeps it (S9).
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Script } from '../src/care/lessons/content.ts'
import { scriptKey } from '../src/care/library/pieces.ts'
import type { Person } from '../src/care/members/ports.ts'
import { skillBySlug } from '../src/care/skills/content.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { permits } from '../src/kit/permit.ts'
import { button, heading, pick, quote, small, update, type Part, type Update } from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t, type Text } from '../src/words/text.ts'
import { libraryDoor, scriptDoor, skillDoor } from './words/doors.ts'
import { reviewWords } from './words/library.ts'
import { sourceWords } from './words/pieces.ts'

type Asking = Call<App, Person>
const at = z.object({ script: z.string().min(1), turn: z.string().regex(/^\d{1,2}$/) })
const readers = small(t('library.script.try.readers'))

export const scriptMenu = defineAction({
  id: 'sr',
  permit: 'known',
  params: z.object({}),
  async run({ app, actor }): Promise<Update> {
    const found = await app.lessons.scripts(actor)
    return update(
      heading(t('library.scripts')),
      ...(found.length === 0
        ? [t('library.scripts.none')]
        : [
            t('library.scripts.intro'),
            pick(
              t('library.scripts.pick'),
              openScript,
              {},
              found.slice(0, 25).map(({ slug, name }) => ({ value: slug, label: name })),
            ),
          ]),
      button(t('library.open'), libraryDoor, {}),
      small(t('library.readers')),
    )
  },
})

export const openScript = defineAction({
  ...scriptDoor,
  permit: 'known',
  async run({ app, actor }, params, chosen): Promise<Update> {
    const found = await app.lessons.script(actor, chosen ?? params.script ?? '')
    const review = await app.library.reviewOf(actor.programId, scriptKey(found))
    return update(
      heading(found.name),
      t('library.script.scene', { scene: found.scene, who: found.who }),
      t('library.minutes', { minutes: found.minutes }),
      button(t('library.script.begin'), takeTurn, { script: found.slug, turn: '0' }, 'main'),
      button(t('library.scripts'), scriptMenu, {}),
      sourceWords(found.source),
      small(reviewWords(review, (day) => app.when.localDay(day, actor.zone))),
      small(t('library.readers')),
    )
  },
})

/** What the other person says, with `after` about the try just made or the way just shown. */
function turnParts(
  { app }: Asking,
  script: Script,
  turn: number,
  after: readonly Part[] = [],
): readonly Part[] {
  const now = script.turns[turn]
  if (!now) return closing(script)
  const params = { script: script.slug, turn: String(turn) }
  return [
    heading(script.name),
    small(t('library.script.turn', { number: turn + 1, of: script.turns.length })),
    t('library.script.they', { words: now.they }),
    t('library.script.aim', { words: now.try }),
    ...after,
    button(
      t('library.script.try'),
      tryTurn,
      { ...params, try: app.newId() },
      after.length === 0 ? 'main' : 'plain',
    ),
    button(t('library.script.one'), showOneWay, params),
    button(
      t('library.script.next'),
      takeTurn,
      { ...params, turn: String(turn + 1) },
      after.length === 0 ? 'plain' : 'main',
    ),
    button(t('library.script.stop'), stopScript, {}),
    readers,
  ]
}

const closing = (script: Script): readonly Part[] => [
  heading(script.name),
  script.close,
  button(t('library.script.again'), takeTurn, { script: script.slug, turn: '0' }),
  ...(skillBySlug(script.skill)
    ? [button(skillBySlug(script.skill)?.name ?? script.name, skillDoor, { slug: script.skill })]
    : []),
  button(t('library.scripts'), scriptMenu, {}),
  small(t('library.readers')),
]

export const takeTurn = defineAction({
  id: 'sr.turn',
  permit: 'known',
  params: at,
  run: async (call, { script, turn }) =>
    update(...turnParts(call, await call.app.lessons.script(call.actor, script), Number(turn))),
})

export const showOneWay = defineAction({
  id: 'sr.one',
  permit: 'known',
  params: at,
  async run(call, { script, turn }) {
    const found = await call.app.lessons.script(call.actor, script)
    const one = found.turns[Number(turn)]?.one
    return update(
      ...turnParts(call, found, Number(turn), one ? [t('library.script.way', { words: one })] : []),
    )
  },
})

export const tryTurn = defineForm({
  id: 'sr.try',
  title: t('library.scripts'),
  readers: t('library.script.try.readers'),
  permit: 'known',
  unkept: true,
  params: at.extend({ try: z.string().min(1) }),
  fields: {
    words: f.paragraph(t('library.script.try.label'), { max: 1000 }),
    keep: f.optional(
      f.choice(t('library.script.keep'), [
        { value: 'no', label: t('library.script.keep.no') },
        { value: 'yes', label: t('library.script.keep.yes') },
      ]),
    ),
  },
  async run(call, { words, keep }, { script, turn, try: id }) {
    const found = await call.app.lessons.script(call.actor, script)
    const kept =
      keep === 'yes' && (await inJournal(call, id, found.turns[Number(turn)]?.they ?? found.name, words))
    return update(
      ...turnParts(call, found, Number(turn), [
        t('library.script.you'),
        quote(words),
        small(t(kept ? 'library.script.kept' : 'library.script.unkept')),
      ]),
    )
  },
})

/** The journal is a member's. */
async function inJournal(
  { app, actor, now, language }: Asking,
  id: string,
  they: Text,
  text: string,
): Promise<boolean> {
  if (!permits('member', actor.roles)) return false
  await app.journal.write(actor, { id, text, about: render(they, language) }, now)
  return true
}

export const stopScript = defineAction({
  id: 'sr.stop',
  permit: 'known',
  params: z.object({}),
  run: () => update(t('library.script.stopped'), button(t('library.scripts'), scriptMenu, {})),
})

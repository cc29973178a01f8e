// My skills: favourites, what helped, what was counted, and the notes behind it.
import { z } from 'zod'
import { defineAction } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { drawBeforeAfter, rowsAtMost } from '../src/care/insight/before-after.ts'
import { didHelp, type Effect } from '../src/care/skills/effect.ts'
import type { UseEntry } from '../src/care/skills/uses.ts'
import type { Call } from '../src/kit/command.ts'
import {
  button,
  heading,
  list,
  pick,
  picture,
  small,
  update,
  type Block,
  type Part,
  type Update,
} from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t, type Language, type Text } from '../src/words/text.ts'
import { dayWords } from './words/days.ts'
import { cardsDoor, mySkillsDoor, skillsDoor } from './words/doors.ts'
import { evidenceWords, hitParts, readers } from './words/skills.ts'

type Asking = Call<App, Person>
const id = z.string().min(1)
const perPage = 5

async function mine({ app, actor }: Asking, from = 0): Promise<Update> {
  const [shelf, effects] = await Promise.all([app.skillShelf.of(actor), app.skills.effects(actor)])
  const helped = effects.filter(didHelp).map(({ slug }) => slug)
  const slugs = [...new Set([...shelf.mine, ...helped])]
  const shown = await Promise.all(
    slugs.slice(from, from + perPage).map((slug) => app.skills.get(actor, slug)),
  )
  const next = from + perPage
  return update(
    heading(t('skills.mine')),
    ...(slugs.length === 0 ? [t('skills.mine.none')] : []),
    ...shown.flatMap((skill) =>
      skill
        ? hitParts({
            skill,
            effect: effects.find(({ slug }) => slug === skill.slug),
            standing: shelf.mine.includes(skill.slug) ? 'mine' : 'neither',
          })
        : [],
    ),
    ...(slugs.length > next ? [button(t('skills.more'), mySkillsDoor, { from: String(next) })] : []),
    button(t('skills.evidence'), skillEvidence, {}),
    button(t('skills.notes'), skillNotes, {}),
    button(t('skills.cards'), cardsDoor, {}),
    button(t('skills.find'), skillsDoor, {}),
    ...(await takeBack({ app, actor }, shelf.notMine)),
    readers,
  )
}

async function takeBack(
  { app, actor }: Pick<Asking, 'app' | 'actor'>,
  slugs: readonly string[],
): Promise<readonly Part[]> {
  const found = await Promise.all(slugs.slice(-25).map((slug) => app.skills.get(actor, slug)))
  const choices = found.flatMap((skill) => (skill ? [{ value: skill.slug, label: skill.name }] : []))
  return choices.length === 0 ? [] : [pick(t('skills.mine.not'), offerAgain, {}, choices)]
}

export const mySkills = defineAction({
  ...mySkillsDoor,
  permit: 'member',
  run: (call, { from }) => mine(call, Number(from ?? 0)),
})

export const offerAgain = defineAction({
  id: 'sk.again',
  permit: 'member',
  params: z.object({}),
  async run(call, _params, chosen) {
    const { app, actor, now } = call
    if (chosen !== undefined) {
      const { slug } = await app.skills.one(actor, chosen)
      await app.skillShelf.put(actor, slug, 'neither', now)
    }
    return mine(call)
  },
})

type Told = { readonly name: Text; readonly effect: Effect; readonly words: Text }

async function evidencePicture(all: readonly Told[], language: Language): Promise<Block> {
  const say = (text: Text): string => render(text, language)
  const png = await drawBeforeAfter({
    title: say(t('skills.evidence')),
    caption: say(t('skills.picture.caption')),
    before: say(t('skills.picture.before')),
    after: say(t('skills.picture.after')),
    rows: all.slice(0, rowsAtMost).flatMap(({ name, effect: { means } }) =>
      means
        ? [
            {
              name: say(name),
              before: means.before,
              after: means.after,
              times: say(t('skills.picture.times', { times: means.of })),
            },
          ]
        : [],
    ),
  })
  const words = all
    .slice(0, rowsAtMost)
    .map((one) => say(one.words).replaceAll('*', ''))
    .join(' ')
  return picture('skills.png', png, t('skills.picture.alt', { words }))
}

async function evidence({ app, actor, language }: Asking): Promise<Update> {
  const { counting } = await app.skillShelf.of(actor)
  const found = await app.skills.evidence(actor)
  const told = await Promise.all(
    found.map(async (effect): Promise<readonly Told[]> => {
      const skill = await app.skills.get(actor, effect.slug)
      const words = skill && evidenceWords(skill.name, effect)
      return words ? [{ name: skill.name, effect, words }] : []
    }),
  )
  const said = told.flat()
  return update(
    heading(t('skills.evidence')),
    ...(counting
      ? [
          ...(said.length > 0
            ? [await evidencePicture(said, language), list(said.map(({ words }) => words))]
            : [t('skills.evidence.few')]),
          small(t('skills.evidence.small')),
          button(t('skills.counting.off'), countSkills, { counting: 'n' }),
          button(t('skills.anew'), countAnew, {}),
        ]
      : [t('skills.counting.is-off'), button(t('skills.counting.on'), countSkills, { counting: 'y' })]),
    button(t('skills.mine'), mySkillsDoor, {}),
    readers,
  )
}

export const skillEvidence = defineAction({
  id: 'sk.evidence',
  permit: 'member',
  params: z.object({}),
  run: (call) => evidence(call),
})

export const countSkills = defineAction({
  id: 'sk.count',
  permit: 'member',
  params: z.object({ counting: z.enum(['y', 'n']) }),
  async run(call, { counting }) {
    await call.app.skillShelf.count(call.actor, counting === 'y', call.now)
    return evidence(call)
  },
})

export const countAnew = defineAction({
  id: 'sk.anew',
  permit: 'member',
  params: z.object({ sure: z.literal('y').optional() }),
  async run(call, { sure }): Promise<Update> {
    if (sure === undefined)
      return update(
        t('skills.anew.sure'),
        button(t('skills.anew.yes'), countAnew, { sure: 'y' }),
        button(t('skills.evidence'), skillEvidence, {}),
        readers,
      )
    await call.app.skillShelf.countAnew(call.actor, call.now)
    return evidence(call)
  },
})

function noteWords({ forDay, body }: UseEntry, name: Text): Text {
  const at = { day: dayWords(forDay), name }
  const { before, after } = body
  return before === undefined || after === undefined
    ? t('skills.notes.row', at)
    : t('skills.notes.numbers', { ...at, before, after })
}

export const skillNotes = defineAction({
  id: 'sk.notes',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  async run({ app, actor }, { before }): Promise<Update> {
    const found = await app.skillUses.list(actor, perPage + 1, before)
    const shown = found.slice(0, perPage)
    const last = shown.at(-1)
    const rows = await Promise.all(
      shown.map(async (entry): Promise<readonly Part[]> => {
        const skill = await app.skills.get(actor, entry.body.slug)
        return [
          noteWords(entry, skill?.name ?? t('skills.notes.gone')),
          button(t('skills.notes.delete', { day: dayWords(entry.forDay) }), deleteUse, { use: entry.id }),
        ]
      }),
    )
    return update(
      heading(t('skills.notes')),
      ...(rows.length === 0 ? [t('skills.notes.none')] : rows.flat()),
      ...(found.length > perPage && last ? [button(t('skills.older'), skillNotes, { before: last.id })] : []),
      button(t('skills.mine'), mySkillsDoor, {}),
      readers,
    )
  },
})

export const deleteUse = defineAction({
  id: 'sk.delete',
  permit: 'member',
  params: z.object({ use: id }),
  run: (_call, { use }): Update =>
    update(
      t('skills.notes.delete.sure'),
      button(t('skills.notes.delete.yes'), deleteUseForSure, { use }, 'careful'),
      button(t('skills.notes'), skillNotes, {}),
      readers,
    ),
})

export const deleteUseForSure = defineAction({
  id: 'sk.gone',
  permit: 'member',
  params: z.object({ use: id }),
  async run({ app, actor }, { use }): Promise<Update> {
    await app.skillUses.remove(actor, use)
    return update(t('skills.notes.deleted'), button(t('skills.notes'), skillNotes, {}), readers)
  },
})

// /skill: find a skill by words, need, time or name, and see what it is. What one does with it stands in skill-run.ts.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { skillNeeds, type SkillNeed } from '../src/care/skills/content.ts'
import type { Wanted } from '../src/care/skills/skills.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import {
  button,
  heading,
  pick,
  say,
  small,
  update,
  type Message,
  type Part,
  type Update,
} from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { mySkillsDoor, scriptDoor, skillDoor, skillsDoor, startSkillDoor } from './words/doors.ts'
import { reviewWords } from './words/library.ts'
import { hitParts, needChoices, needWord, pageParts, readers } from './words/skills.ts'

type Asking = Call<App, Person>
const perPage = 5

/** Platforms list at most 25 choices, so these stand in two lists. */
const felt = [
  'panic',
  'anxiety',
  'worry',
  'anger',
  'shame',
  'guilt',
  'grief',
  'lonely',
  'low',
  'numb',
  'overwhelm',
  'flashback',
  'unreal',
  'self-harm',
  'self-worth',
  'thoughts',
] as const satisfies readonly SkillNeed[]
const faced = skillNeeds.filter((need) => !felt.some((one) => one === need))
const commonest = [
  'urge',
  'panic',
  'anxiety',
  'anger',
  'low',
  'sleep',
] as const satisfies readonly SkillNeed[]
/** What fits one list of a command's options: the rest is found by words. */
const inOptions = [...felt, ...faced].slice(0, 25)

const wordsField = f.text(t('skills.words.label'), { max: 500, hint: t('skills.words.hint'), search: true })

const waysOn = (): readonly Part[] => [
  pick(t('skills.pick.feel'), skillsDoor, {}, needChoices(felt)),
  pick(t('skills.pick.face'), skillsDoor, {}, needChoices(faced)),
  button(t('skills.words.open'), wordsForm, {}),
  button(t('skills.mine'), mySkillsDoor, {}),
  button(t('skills.program'), programSkills, {}),
  button(t('help.now.button'), helpNowHere, {}),
  readers,
]

const card = (): Message =>
  say(
    heading(t('skills.title')),
    t('skills.intro'),
    ...commonest.map((need) => button(needWord(need), skillsDoor, { need })),
    ...waysOn(),
  )

async function results({ app, actor }: Asking, wanted: Wanted, title: Text, from = 0): Promise<Message> {
  const { hits, danger, hidden } = await app.skills.find(actor, wanted)
  const shown = hits.slice(from, from + perPage)
  const { need } = wanted
  const next = from + perPage
  return say(
    ...(danger ? [t('skills.danger'), button(t('help.now.button'), helpNowHere, {}, 'main')] : []),
    heading(title),
    ...(shown.length === 0 ? [t('skills.none')] : shown.flatMap(hitParts)),
    ...(hidden > 0 ? [small(t('skills.hidden', { count: hidden }))] : []),
    ...(need !== undefined && wanted.words === undefined && hits.length > next
      ? [button(t('skills.more'), skillsDoor, { need, from: String(next) })]
      : []),
    ...waysOn(),
  )
}

async function names(
  { app, actor, language }: Asking,
  field: string,
  typed: string,
): Promise<readonly f.Choice[]> {
  if (field !== 'words') return []
  return (await app.skills.suggest(actor, typed, language)).map((name) => ({ value: name, label: name }))
}

export const skill = defineCommand({
  name: 'skill',
  title: t('skills.command.title'),
  description: t('skills.command.about'),
  permit: 'member',
  wait: 'privately',
  options: {
    words: f.optional(wordsField),
    minutes: f.optional(f.whole(t('skills.minutes.label'), { min: 1, max: 120 })),
    need: f.optional(f.choice(t('skills.need.label'), needChoices(inOptions))),
  },
  suggest: names,
  run(call, { words, minutes, need }) {
    const known = skillNeeds.find((one) => one === need)
    if (words === undefined && minutes === undefined && known === undefined) return card()
    const title = words === undefined && known ? t('skills.hits.need', { need: needWord(known) }) : undefined
    return results(call, { words, minutes, need: known }, title ?? t('skills.hits.words'))
  },
})

export const openSkills = defineAction({
  ...skillsDoor,
  permit: 'member',
  async run(call, { need, from }, chosen) {
    const wanted = need ?? skillNeeds.find((one) => one === chosen)
    if (wanted === undefined) return card()
    const message = await results(
      call,
      { need: wanted },
      t('skills.hits.need', { need: needWord(wanted) }),
      Number(from ?? 0),
    )
    return from === undefined ? message : { kind: 'update', message }
  },
})

export const wordsForm = defineForm({
  id: 'sk.words',
  title: t('skills.words.open'),
  readers: t('skills.readers'),
  permit: 'member',
  params: z.object({}),
  unkept: true,
  fields: { words: wordsField },
  suggest: names,
  run: (call, { words }) => results(call, { words }, t('skills.hits.words')),
})

export const programSkills = defineAction({
  id: 'sk.program',
  permit: 'member',
  params: z.object({ from: z.string().regex(/^\d+$/).optional() }),
  async run({ app, actor }, { from = '0' }): Promise<Update> {
    const all = await app.skills.ofProgram(actor)
    const next = Number(from) + perPage
    return update(
      heading(t('skills.program')),
      ...(all.length === 0 ? [t('skills.program.none')] : []),
      ...all
        .slice(Number(from), next)
        .flatMap((one) => hitParts({ skill: one, effect: undefined, standing: 'neither' })),
      ...(all.length > next ? [button(t('skills.more'), programSkills, { from: String(next) })] : []),
      button(t('skills.find'), skillsDoor, {}),
      readers,
    )
  },
})

async function page({ app, actor }: Asking, slug: string): Promise<Message> {
  const found = await app.skills.get(actor, slug)
  if (!found) return say(t('skills.gone'), ...waysOn())
  const [review, { mine, notMine }, talks] = await Promise.all([
    app.skills.reviewOf(actor, slug),
    app.skillShelf.of(actor),
    app.lessons.scriptsFor(actor, slug),
  ])
  const put = (standing: 'mine' | 'not-mine' | 'neither') => ({ slug, standing })
  return say(
    ...pageParts(
      found,
      reviewWords(review, (at) => app.when.localDay(at, actor.zone)),
    ),
    button(t('skills.start', { name: found.name }), startSkillDoor, { slug }, 'main'),
    ...talks.map(({ name, slug: script }) => button(t('skills.practise', { name }), scriptDoor, { script })),
    mine.includes(slug)
      ? button(t('skills.favourite.less'), putSkill, put('neither'))
      : button(t('skills.favourite'), putSkill, put('mine')),
    notMine.includes(slug)
      ? button(t('skills.not-mine.less'), putSkill, put('neither'))
      : button(t('skills.not-mine'), putSkill, put('not-mine')),
    button(t('skills.find'), skillsDoor, {}),
    readers,
  )
}

export const seeSkill = defineAction({
  ...skillDoor,
  permit: 'member',
  run: async (call, { slug }) => ({ kind: 'update', message: await page(call, slug) }),
})

export const putSkill = defineAction({
  id: 'sk.put',
  permit: 'member',
  params: z.object({ slug: z.string().min(1), standing: z.enum(['mine', 'not-mine', 'neither']) }),
  async run(call, { slug, standing }): Promise<Update> {
    const { app, actor, now } = call
    await app.skills.one(actor, slug)
    await app.skillShelf.put(actor, slug, standing, now)
    if (standing !== 'not-mine') return { kind: 'update', message: await page(call, slug) }
    return update(
      t('skills.not-mine.said'),
      button(t('skills.not-mine.less'), putSkill, { slug, standing: 'neither' }),
      button(t('skills.find'), skillsDoor, {}),
      button(t('skills.mine'), mySkillsDoor, {}),
      readers,
    )
  },
})

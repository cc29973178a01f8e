// Doing a skill step by step, in one message that moves on. What was said is kept at once; the code says where one is.
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import type { Shown } from '../src/care/skills/skills.ts'
import { waits, type SkillUse } from '../src/care/skills/uses.ts'
import { button, heading, say, small, update, type Button, type Part, type Update } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { bringDoor, mySkillsDoor, skillDoor, skillsDoor, startSkillDoor } from './words/doors.ts'
import { hitParts, readers } from './words/skills.ts'

const id = z.string().min(1)
const digits = z.string().regex(/^\d{1,2}$/)
const strength = z.string().regex(/^(\d|10)$/)
const numbers = Array.from({ length: 11 }, (_, value) => String(value))
const strong = 8

export const startSkill = defineAction({
  ...startSkillDoor,
  permit: 'member',
  async run({ app, actor }, { slug }) {
    const skill = await app.skills.get(actor, slug)
    if (!skill) return update(t('skills.gone'), button(t('skills.find'), skillsDoor, {}), readers)
    const at = { use: app.newId(), slug }
    return update(
      heading(skill.name),
      ...(skill.notFor ? [t('skills.page.not-for', { words: skill.notFor })] : []),
      t('skills.before.ask'),
      ...numbers.map((before) =>
        button(t('skills.value', { value: Number(before) }), goSkill, { ...at, before }),
      ),
      button(t('skills.before.skip'), goSkill, at),
      button(t('skills.see', { name: skill.name }), skillDoor, { slug }),
      readers,
    )
  },
})

export const goSkill = defineAction({
  id: 'sk.go',
  permit: 'member',
  params: z.object({ use: id, slug: id, before: strength.optional() }),
  async run({ app, actor, now }, { use, slug, before }) {
    const skill = await app.skills.one(actor, slug)
    const begun = { id: use, slug, before: before === undefined ? undefined : Number(before) }
    await app.skillUses.begin(actor, begun, now)
    return stepOf(skill, use, 0)
  },
})

function pace(seconds: number): Text {
  if (seconds === 0) return t('skills.pace.free')
  return seconds < 120
    ? t('skills.pace.seconds', { seconds })
    : t('skills.pace.minutes', { minutes: Math.round(seconds / 60) })
}

const asksForCare = ({ needs }: Shown): boolean => needs.includes('self-harm')

function stepOf(skill: Shown, use: string, at: number): Update {
  const of = skill.steps.length
  const step = skill.steps[Math.min(at, of - 1)]
  if (!step) throw new Error(`${skill.slug} has no steps`)
  const here = (step: number) => ({ use, step: String(step) })
  return update(
    small(t('skills.step', { name: skill.name, number: at + 1, of })),
    heading(step.text),
    pace(step.seconds),
    at + 1 < of
      ? button(t('skills.next'), seeStep, here(at + 1), 'main')
      : button(t('skills.last'), endSkill, { ...here(of), how: 'done' }, 'main'),
    ...(at > 0 ? [button(t('skills.back'), seeStep, here(at - 1))] : []),
    button(t('skills.cannot'), cannotDo, { use }),
    button(t('skills.stop'), endSkill, { ...here(at), how: 'stopped' }),
    ...(asksForCare(skill) ? [button(t('help.now.button'), helpNowHere, {})] : []),
    readers,
  )
}

export const seeStep = defineAction({
  id: 'sk.step',
  permit: 'member',
  params: z.object({ use: id, step: digits }),
  async run({ app, actor }, { use, step }) {
    const { body } = await app.skillUses.own(actor, use)
    return stepOf(await app.skills.one(actor, body.slug), use, Number(step))
  },
})

const howNow = (use: string): readonly Button[] => [
  ...numbers.map((value) => button(t('skills.value', { value: Number(value) }), sayAfter, { use, value })),
  button(t('skills.after.skip'), sayAfter, { use, value: 'skip' }),
]

export const endSkill = defineAction({
  id: 'sk.end',
  permit: 'member',
  params: z.object({ use: id, step: digits, how: z.enum(['done', 'stopped']) }),
  async run({ app, actor, now }, { use, step, how }) {
    await app.skillUses.reached(actor, use, Number(step), now)
    return update(
      t(`skills.after.${how}`),
      t('skills.after.ask'),
      ...howNow(use),
      ...waits.map((minutes) =>
        button(t('skills.again', { minutes }), askLater, { use, minutes: `${minutes}` }),
      ),
      readers,
    )
  },
})

export const askLater = defineAction({
  id: 'sk.later',
  permit: 'member',
  params: z.object({ use: id, minutes: z.enum(['10', '20']) }),
  async run({ app, actor, now }, { use, minutes }) {
    await app.skillUses.askAgain(actor, use, Number(minutes), now)
    return update(
      t('skills.again.set', { minutes: Number(minutes) }),
      button(t('skills.find'), skillsDoor, {}),
      button(t('help.now.button'), helpNowHere, {}),
      readers,
    )
  },
})

export const skillAfter = defineNotice({
  id: 'skill-after',
  permit: 'member',
  params: z.object({ use: id }),
  render: (_call, { use }) => say(t('skills.again.ask'), ...howNow(use), readers),
})

export const sayAfter = defineAction({
  id: 'sk.after',
  permit: 'member',
  params: z.object({ use: id, value: z.union([strength, z.literal('skip')]) }),
  async run({ app, actor, now }, { use, value }) {
    if (value === 'skip') await app.skillUses.own(actor, use)
    else await app.skillUses.after(actor, use, Number(value), now)
    return update(
      t('skills.helped.ask'),
      ...(['yes', 'little', 'no'] as const).map((helped) =>
        button(t(`skills.helped.${helped}`), sayHelped, { use, helped }),
      ),
      button(t('skills.after.skip'), sayHelped, { use, helped: 'skip' }),
      readers,
    )
  },
})

function changeWords({ before, after }: SkillUse): readonly Text[] {
  if (before === undefined || after === undefined) return []
  const way = after < before ? 'lower' : after > before ? 'higher' : 'same'
  return [t(`skills.end.${way}`, { before, after })]
}

/** Still hard, so a person and another skill are offered before anything else. */
const stillHard = ({ before = 0, after = 0, helped }: SkillUse): boolean =>
  helped === 'no' || after > before || after >= strong

export const sayHelped = defineAction({
  id: 'sk.helped',
  permit: 'member',
  params: z.object({ use: id, helped: z.enum(['yes', 'little', 'no', 'skip']) }),
  async run({ app, actor, now }, { use, helped }) {
    const { body } =
      helped === 'skip'
        ? await app.skillUses.own(actor, use)
        : await app.skillUses.helped(actor, use, helped, now)
    const { slug } = body
    const hard = stillHard(body)
    const [other] = hard ? await app.skills.others(actor, slug, now) : []
    const favourite = (await app.skillShelf.of(actor)).mine.includes(slug)
    return update(
      t('skills.end.saved'),
      ...changeWords(body),
      ...(helped === 'no' ? [t('skills.end.no')] : []),
      ...(hard ? [button(t('help.now.button'), helpNowHere, {}, 'main')] : []),
      ...(other
        ? [button(t('skills.start', { name: other.name }), startSkillDoor, { slug: other.slug })]
        : []),
      ...(favourite || helped === 'no' ? [] : [button(t('skills.favourite'), keepSkill, { slug })]),
      button(t('skills.once-more'), startSkillDoor, { slug }),
      button(t('skills.find'), skillsDoor, {}),
      button(t('skills.mine'), mySkillsDoor, {}),
      button(t('skills.bring'), bringDoor, { kind: 'skill-use', from: use }),
      readers,
    )
  },
})

export const keepSkill = defineAction({
  id: 'sk.keep',
  permit: 'member',
  params: z.object({ slug: id }),
  async run({ app, actor, now }, { slug }) {
    const { name } = await app.skills.one(actor, slug)
    await app.skillShelf.put(actor, slug, 'mine', now)
    return say(
      t('skills.hit.mine'),
      button(t('skills.see', { name }), skillDoor, { slug }),
      button(t('skills.mine'), mySkillsDoor, {}),
      readers,
    )
  },
})

/** Another one at once, with the number that was said before. */
export const cannotDo = defineAction({
  id: 'sk.cannot',
  permit: 'member',
  params: z.object({ use: id, nth: digits.optional() }),
  async run({ app, actor, now }, { use, nth = '0' }): Promise<Update> {
    const { body } = await app.skillUses.cannot(actor, use, now)
    const others = await app.skills.others(actor, body.slug, now)
    const other = others[Number(nth) % Math.max(1, others.length)]
    const ways: readonly Part[] = [
      button(t('skills.find'), skillsDoor, {}),
      button(t('help.now.button'), helpNowHere, {}),
      readers,
    ]
    if (!other) return update(t('skills.cannot.none'), ...ways)
    const before = body.before === undefined ? {} : { before: String(body.before) }
    return update(
      t('skills.cannot.said'),
      ...hitParts({ skill: other, effect: undefined, standing: 'neither' }).filter(
        (part) => !('code' in part),
      ),
      ...(other.notFor ? [t('skills.page.not-for', { words: other.notFor })] : []),
      button(
        t('skills.start', { name: other.name }),
        goSkill,
        { use: app.newId(), slug: other.slug, ...before },
        'main',
      ),
      button(t('skills.see', { name: other.name }), skillDoor, { slug: other.slug }),
      button(t('skills.cannot.next'), cannotDo, { use, nth: String((Number(nth) + 1) % 100) }),
      ...ways,
    )
  },
})

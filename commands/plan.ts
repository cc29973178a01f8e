// /plan: safety, relapse prevention and wellness plan, built part by part, always one command away.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { planNamed, plans, planSlugs, type Plan } from '../src/care/plans/content.ts'
import type { WrittenPlan } from '../src/care/plans/plans.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { permits } from '../src/kit/permit.ts'
import {
  button,
  heading,
  pick,
  quote,
  say,
  small,
  update,
  type Button,
  type Message,
  type Part,
} from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { hardDates } from './hard-dates.ts'
import { letters } from './letter.ts'
import { silence } from './silence.ts'
import { planDoor } from './words/doors.ts'
import { dayWords } from './words/days.ts'

type Asking = Call<App, Person>
const slug = z.enum(planSlugs)
const onPlan = planDoor.params
const onPart = z.object({ plan: slug, part: z.string() })
const readers = small(t('plans.readers'))
const perPage = 5

const doneIn = ({ plan, entry }: WrittenPlan): number =>
  plan.parts.filter(({ id }) => entry?.body.parts[id] !== undefined).length

async function menu({ app, actor }: Asking): Promise<Message> {
  const takesPart = permits('member', actor.roles)
  const all = takesPart ? await app.plans.all(actor) : []
  return say(
    heading(t('plans.title')),
    ...all.flatMap((one): Part[] => [
      t('plans.one', { name: one.plan.name, about: one.plan.about }),
      small(t('plans.state', { done: doneIn(one), of: one.plan.parts.length })),
      button(t('plans.open', { name: one.plan.name }), openPlan, { plan: one.plan.slug }),
    ]),
    ...(takesPart
      ? [
          button(t('plans.letter'), letters, {}),
          button(t('plans.dates'), hardDates, {}),
          button(t('plans.silence'), silence, {}),
        ]
      : []),
    ...(permits('facilitator', actor.roles) ? [button(t('plans.shared'), sharedPlans, {})] : []),
    readers,
  )
}

const planParts = ({ plan, entry }: WrittenPlan): readonly Part[] => [
  heading(plan.name),
  ...plan.parts.flatMap((part): Part[] => {
    const words = entry?.body.parts[part.id]
    return [
      t('plans.one', { name: part.label, about: words === undefined ? t('plans.part.open') : '' }),
      ...(words === undefined ? [] : [quote(words)]),
    ]
  }),
]

function whole(written: WrittenPlan): Message {
  const { plan, entry } = written
  const params = { plan: plan.slug }
  const next = plan.parts.find(({ id }) => entry?.body.parts[id] === undefined)
  const share =
    entry?.audience === 'me'
      ? [button(t('plans.share'), sharePlan, { ...params, to: 'facilitator' })]
      : [button(t('plans.share.back'), sharePlan, { ...params, to: 'me' })]
  return say(
    ...(entry ? planParts(written) : [heading(plan.name), plan.about, t('plans.empty')]),
    ...(next
      ? [button(t(entry ? 'plans.go-on' : 'plans.build'), planStep, { ...params, part: next.id }, 'main')]
      : []),
    ...(entry
      ? [
          pick(
            t('plans.pick'),
            pickPart,
            params,
            plan.parts.map(({ id, label }) => ({ value: id, label })),
          ),
          ...share,
          button(t('plans.earlier'), earlierWords, params),
          button(t('plans.delete'), deletePlan, params, 'careful'),
        ]
      : []),
    button(t('plans.mine'), myPlans, {}),
    small(t('plans.not-reviewed', { authors: plan.source.authors, year: String(plan.source.year) })),
    small(t(`plans.seen-by.${entry?.audience ?? 'me'}`)),
  )
}

export const plan = defineCommand({
  name: 'plan',
  title: t('plans.command.title'),
  description: t('plans.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {
    which: f.optional(
      f.choice(
        t('plans.which.label'),
        plans.map(({ slug: value, name }) => ({ value, label: name })),
      ),
    ),
  },
  async run(call, { which }) {
    const chosen = planSlugs.find((one) => one === which)
    if (chosen === undefined || !permits('member', call.actor.roles)) return menu(call)
    return whole(await call.app.plans.open(call.actor, chosen))
  },
})

export const myPlans = defineAction({
  id: 'pl.mine',
  permit: 'known',
  params: z.object({}),
  run: async (call) => ({ kind: 'update', message: await menu(call) }),
})

export const openPlan = defineAction({
  ...planDoor,
  permit: 'member',
  run: async ({ app, actor }, params) => whole(await app.plans.open(actor, params.plan)),
})

/** In the place of the step that was just left. */
export const seePlan = defineAction({
  id: 'pl.see',
  permit: 'member',
  params: onPlan,
  run: async ({ app, actor }, params) => ({
    kind: 'update',
    message: whole(await app.plans.open(actor, params.plan)),
  }),
})

async function step({ app, actor }: Asking, kind: Plan, partId: string, saved: boolean): Promise<Message> {
  const at = Math.max(
    0,
    kind.parts.findIndex(({ id }) => id === partId),
  )
  const part = kind.parts[at]
  if (!part) throw new Error(`${kind.slug} has no parts`)
  const { entry } = await app.plans.open(actor, kind.slug)
  const words = entry?.body.parts[part.id]
  const params = { plan: kind.slug, part: part.id }
  const [before, after] = [kind.parts[at - 1], kind.parts[at + 1]]
  const go = (label: Button['label'], to: { readonly id: string } | undefined) =>
    to ? [button(label, planStep, { plan: kind.slug, part: to.id })] : []
  return say(
    ...(saved ? [small(t('plans.saved'))] : []),
    small(t('plans.step', { name: kind.name, number: at + 1, of: kind.parts.length })),
    heading(part.label),
    part.ask,
    ...(words === undefined ? [] : [quote(words)]),
    button(t(words === undefined ? 'plans.write' : 'plans.change'), writePart, params, 'main'),
    ...go(t('plans.skip'), after),
    ...go(t('plans.back'), before),
    button(t('plans.see'), seePlan, { plan: kind.slug }),
    readers,
  )
}

export const planStep = defineAction({
  id: 'pl.step',
  permit: 'member',
  params: onPart,
  run: async (call, { plan: named, part }) => ({
    kind: 'update',
    message: await step(call, planNamed(named), part, false),
  }),
})

export const pickPart = defineAction({
  id: 'pl.pick',
  permit: 'member',
  params: onPlan,
  run: async (call, { plan: named }, chosen) => ({
    kind: 'update',
    message: await step(call, planNamed(named), chosen ?? '', false),
  }),
})

export const partForm = defineForm({
  id: 'pl',
  title: t('plans.title'),
  readers: t('plans.readers'),
  permit: 'member',
  params: onPart,
  fields: (
    _person: Person,
    { plan: named, part }: { readonly plan: Plan['slug']; readonly part: string },
  ) => ({
    words: f.optional(
      f.paragraph(planNamed(named).parts.find(({ id }) => id === part)?.label ?? t('plans.words.label'), {
        max: 3000,
        hint: t('plans.words.hint'),
      }),
    ),
  }),
  async run(call, { words }, { plan: named, part }) {
    const written = await call.app.plans.write(call.actor, named, part, words ?? '', call.now)
    const parts = written.plan.parts
    const next = parts[parts.findIndex(({ id }) => id === part) + 1]
    return next ? step(call, written.plan, next.id, true) : whole(written)
  },
})

export const writePart = defineAction({
  id: 'pl.write',
  permit: 'member',
  params: onPart,
  async run({ app, actor }, params) {
    const { entry } = await app.plans.open(actor, params.plan)
    const words = entry?.body.parts[params.part]
    return open(partForm, actor, params, words === undefined ? {} : { words })
  },
})

export const earlierWords = defineAction({
  id: 'pl.past',
  permit: 'member',
  params: z.object({ plan: slug, from: z.string().optional() }),
  run: async (call, params) => ({ kind: 'update', message: await earlier(call, params) }),
})

async function earlier(
  { app, actor }: Asking,
  params: { readonly plan: Plan['slug']; readonly from?: string | undefined },
): Promise<Message> {
  const from = Number(params.from ?? 0)
  const all = await app.plans.changes(actor, params.plan)
  const { parts, name } = planNamed(params.plan)
  return say(
    heading(name),
    t('plans.earlier'),
    ...(all.length === 0 ? [t('plans.earlier.none')] : []),
    ...all.slice(from, from + perPage).flatMap(({ part, words, until }): Part[] => [
      t('plans.earlier.row', {
        part: parts.find(({ id }) => id === part)?.label ?? name,
        day: dayWords(until.slice(0, 10)),
      }),
      quote(words),
      button(t('plans.bring-back'), bringBack, { plan: params.plan, until: String(Date.parse(until)) }),
    ]),
    ...(all.length > from + perPage
      ? [button(t('plans.more'), earlierWords, { plan: params.plan, from: String(from + perPage) })]
      : []),
    button(t('plans.see'), seePlan, { plan: params.plan }),
    small(t('plans.seen-by.me')),
  )
}

export const bringBack = defineAction({
  id: 'pl.back',
  permit: 'member',
  params: z.object({ plan: slug, until: z.string().regex(/^\d+$/) }),
  run: async ({ app, actor, now }, params) => ({
    kind: 'update',
    message: whole(await app.plans.bringBack(actor, params.plan, params.until, now)),
  }),
})

export const sharePlan = defineAction({
  id: 'pl.share',
  permit: 'member',
  params: z.object({ plan: slug, to: z.enum(['me', 'facilitator']) }),
  run: async ({ app, actor, now }, params) => ({
    kind: 'update',
    message: whole(await app.plans.share(actor, params.plan, params.to, now)),
  }),
})

export const deletePlan = defineAction({
  id: 'pl.delete',
  permit: 'member',
  params: onPlan,
  run: (_call, params) =>
    update(
      t('plans.delete.sure'),
      button(t('plans.delete.yes'), deletePlanForSure, params, 'careful'),
      button(t('plans.see'), seePlan, params),
    ),
})

export const deletePlanForSure = defineAction({
  id: 'pl.gone',
  permit: 'member',
  params: onPlan,
  async run({ app, actor }, params) {
    await app.plans.remove(actor, params.plan)
    return update(t('plans.deleted'), button(t('plans.mine'), myPlans, {}))
  },
})

async function sharedPage({ app, actor }: Asking, before?: string): Promise<Message> {
  const found = await app.plans.shared(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const rows = await Promise.all(
    shown.map(async ({ id, body, personId }): Promise<readonly Part[]> => {
      const name = await app.roster.nameOf(actor, personId)
      const said = { name, plan: planNamed(body.plan).name }
      return [t('plans.shared.row', said), button(t('plans.shared.open', said), readPlan, { entry: id })]
    }),
  )
  return say(
    heading(t('plans.shared')),
    ...(shown.length === 0 ? [t('plans.shared.none')] : []),
    ...rows.flat(),
    ...(found.length > perPage && last ? [button(t('plans.more'), sharedPlans, { before: last.id })] : []),
    small(t('people.roster.readers')),
  )
}

export const sharedPlans = defineAction({
  id: 'pl.shared',
  permit: 'facilitator',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await sharedPage(call, before) }),
})

export const readPlan = defineAction({
  id: 'pl.read',
  permit: 'facilitator',
  params: z.object({ entry: z.string() }),
  async run({ app, actor, now }, { entry }) {
    const found = await app.plans.read(actor, entry, now)
    const name = await app.roster.nameOf(actor, found.personId)
    return say(
      t('plans.shared.from', { name, plan: found.plan.name }),
      ...planParts(found),
      small(t('plans.shared.readers', { name })),
    )
  },
})

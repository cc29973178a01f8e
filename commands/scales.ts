// /scales: short questionnaires, one question a message, each answer kept at once, stopped at any time (SC-1 to SC-7).
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Scale } from '../src/care/scales/content.ts'
import type { Result } from '../src/care/scales/scales.ts'
import type { Call } from '../src/kit/command.ts'
import { permits } from '../src/kit/permit.ts'
import {
  button,
  heading,
  say,
  small,
  update,
  type Button,
  type Message,
  type Part,
  type Update,
} from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { linesNow } from './help-now.ts'
import { sharedScales } from './scales-shared.ts'
import { resultParts } from './words/scales.ts'
import { dayWords } from './words/days.ts'

type Asking = Call<App, Person>
const slug = z.string().min(1)
const id = z.string().min(1)
const told = z.enum(['y', 'n'])
/** Which question of which scale, in one word: `phq-9_3`. */
const question = z.string().regex(/^[a-z]+-\d+_\d+$/)
const questionOf = (scale: Scale, item: string): string => `${scale.slug}_${item}`
const asked = (app: App, q: string): { readonly scale: Scale; readonly item: string } => {
  const [named = '', item = ''] = q.split('_')
  return { scale: app.scales.named(named), item }
}
const readers = small(t('scales.readers'))
const perPage = 5

async function menu({ app, actor }: Asking): Promise<Message> {
  const shared = permits('facilitator', actor.roles) ? [button(t('scales.shared'), sharedScales, {})] : []
  const adult = await app.scales.adult(actor)
  if (adult === undefined)
    return say(
      heading(t('scales.title')),
      t('scales.intro'),
      t('scales.adult.ask'),
      button(t('scales.adult.yes'), sayAdult, { age: app.newId(), adult: 'y' }),
      button(t('scales.adult.no'), sayAdult, { age: app.newId(), adult: 'n' }),
      ...shared,
      readers,
    )
  if (!adult)
    return say(
      heading(t('scales.title')),
      t('scales.adult.hidden'),
      button(t('scales.adult.change'), sayAdult, { age: app.newId(), adult: 'y' }),
      ...shared,
      readers,
    )
  return say(
    heading(t('scales.title')),
    t('scales.intro'),
    ...app.scales.all.flatMap((one) => [
      t('scales.one', { name: one.name, about: one.about }),
      button(t('scales.begin', { name: one.name }), beginScale, { scale: one.slug }),
    ]),
    button(t('scales.results'), scaleResults, {}),
    ...shared,
    readers,
  )
}

export const scales = defineCommand({
  name: 'scales',
  title: t('scales.command.title'),
  description: t('scales.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => menu(call),
})

export const scaleMenu = defineAction({
  id: 'sc.menu',
  permit: 'member',
  params: z.object({}),
  run: async (call) => ({ kind: 'update', message: await menu(call) }),
})

export const sayAdult = defineAction({
  id: 'sc.age',
  permit: 'member',
  params: z.object({ age: id, adult: z.enum(['y', 'n']) }),
  async run(call, { age, adult }) {
    await call.app.scales.setAdult(call.actor, age, adult === 'y', call.now)
    return { kind: 'update', message: await menu(call) }
  },
})

/** Begins, or asks first what may be told to whom. */
export const beginScale = defineAction({
  id: 'sc.begin',
  permit: 'member',
  params: z.object({ scale: slug }),
  async run(call, params) {
    const { app, actor } = call
    const scale = app.scales.named(params.scale)
    if ((await app.scales.adult(actor)) !== true) return { kind: 'update', message: await menu(call) }
    const sc = app.newId()
    const first = scale.items[0]?.id ?? ''
    if (scale.safetyItem === undefined) return ask(scale, sc, first, 'n')
    const at = { sc, q: questionOf(scale, first) }
    return update(
      t('scales.tell.ask'),
      button(t('scales.tell.yes'), tapScale, { ...at, tell: 'y' }),
      button(t('scales.tell.no'), tapScale, { ...at, tell: 'n' }),
      readers,
    )
  },
})

function ask(scale: Scale, sc: string, item: string, tell: 'y' | 'n', first: readonly Part[] = []): Update {
  const at = Math.max(
    0,
    scale.items.findIndex((each) => each.id === item),
  )
  const one = scale.items[at]
  if (!one) throw new Error(`${scale.slug} has no items`)
  const here = { sc, q: questionOf(scale, one.id), tell }
  const before = scale.items[at - 1]
  return update(
    ...first,
    small(t('scales.step', { name: scale.name, number: at + 1, of: scale.items.length })),
    scale.look,
    heading(one.text),
    ...scale.choices.map(({ value, label }) =>
      button(t('scales.answer', { label }), tapScale, { ...here, value: String(value) }),
    ),
    button(t('scales.skip'), tapScale, { ...here, value: 'skip' }),
    ...(before ? [button(t('scales.back'), tapScale, { ...here, q: questionOf(scale, before.id) })] : []),
    button(t('scales.stop'), stopScale, { sc }),
    ...(scale.wording.es === 'published' ? [] : [small(t(`scales.${scale.wording.es}`))]),
    readers,
  )
}

export const tapScale = defineAction({
  id: 'sc.tap',
  permit: 'member',
  params: z.object({ sc: id, q: question, tell: told, value: z.string().optional() }),
  async run(call, { sc, q, tell, value }) {
    const { app, actor, now } = call
    const { scale, item } = asked(app, q)
    if (value === undefined) return ask(scale, sc, item, tell)
    if (value !== 'skip') {
      const said = await app.scales.answer(
        actor,
        { id: sc, scale: scale.slug, item, value: Number(value), tell: tell === 'y' },
        now,
      )
      if (said.alert !== 'none') return areYouSafe(call, scale, sc, item, tell, said.told)
    }
    return onward(call, scale, sc, item, tell)
  },
})

async function onward(
  call: Asking,
  scale: Scale,
  sc: string,
  item: string,
  tell: 'y' | 'n',
): Promise<Update> {
  const next = scale.items[scale.items.findIndex((one) => one.id === item) + 1]
  if (next) return ask(scale, sc, next.id, tell)
  const kept = await call.app.scales.own(call.actor, sc).catch(() => undefined)
  if (!kept) return { kind: 'update', message: await menu(call) }
  const done = await call.app.scales.finish(call.actor, sc, call.now)
  return update(t('scales.done'), ...own(done))
}

/** The lines come with the question: nobody should have to press anything to see them. */
function areYouSafe(
  call: Asking,
  scale: Scale,
  sc: string,
  item: string,
  tell: 'y' | 'n',
  count: number,
): Update {
  const at = { sc, q: questionOf(scale, item), tell }
  const shown = update(
    t('scales.safe.ask'),
    button(t('scales.safe.yes'), saySafe, { ...at, safe: 'yes' }),
    button(t('scales.safe.no'), saySafe, { ...at, safe: 'no' }),
    ...staffWords(tell, count, at),
  )
  return withLines(call, shown)
}

const staffWords = (
  tell: 'y' | 'n',
  count: number,
  at: { readonly sc: string; readonly q: string },
): readonly (Text | Button)[] =>
  tell === 'n'
    ? [
        t('scales.safe.not-told'),
        button(t('scales.safe.tell-now'), saySafe, { ...at, tell: 'y', safe: 'no' }),
      ]
    : [t(count > 0 ? 'scales.safe.told' : 'scales.safe.nobody')]

const withLines = (call: Asking, shown: Update): Update => ({
  kind: 'update',
  message: { ...shown.message, blocks: [...shown.message.blocks, ...linesNow(call)] },
})

export const saySafe = defineAction({
  id: 'sc.safe',
  permit: 'member',
  params: z.object({ sc: id, q: question, tell: told, safe: z.enum(['yes', 'no']) }),
  async run(call, { sc, q, tell, safe }) {
    const { app, actor, now } = call
    const { scale, item } = asked(app, q)
    const { told: count } = await app.scales.safe(actor, sc, safe, tell === 'y', now)
    if (safe === 'yes') return onward(call, scale, sc, item, tell)
    const at = { sc, q }
    const goOn = button(t('scales.go-on'), goOnScale, { ...at, tell })
    return withLines(call, update(...staffWords(tell, count, at), goOn))
  },
})

export const goOnScale = defineAction({
  id: 'sc.on',
  permit: 'member',
  params: z.object({ sc: id, q: question, tell: told }),
  run(call, { sc, q, tell }) {
    const { scale, item } = asked(call.app, q)
    return onward(call, scale, sc, item, tell)
  },
})

export const stopScale = defineAction({
  id: 'sc.stop',
  permit: 'member',
  params: z.object({ sc: id }),
  async run(call, { sc }) {
    const kept = await call.app.scales.own(call.actor, sc).catch(() => undefined)
    if (!kept) return { kind: 'update', message: await menu(call) }
    return update(t('scales.stopped'), ...own(kept))
  },
})

/** A person's own result, with what can be done about it. */
function own(result: Result): readonly Part[] {
  const { entry, scale } = result
  const params = { sc: entry.id }
  const open = scale.items.find((one) => entry.body.answers[one.id] === undefined)
  const tell = entry.body.tell ? 'y' : 'n'
  return [
    ...resultParts(result),
    ...(open
      ? [button(t('scales.go-on'), tapScale, { ...params, q: questionOf(scale, open.id), tell }, 'main')]
      : []),
    entry.audience === 'me'
      ? button(t('scales.share'), shareScale, { ...params, to: 'facilitator' })
      : button(t('scales.share.back'), shareScale, { ...params, to: 'me' }),
    button(t('scales.results'), scaleResults, {}),
    button(t('scales.delete'), deleteScale, params, 'careful'),
    small(t(`scales.seen-by.${entry.audience}`)),
  ]
}

export const shareScale = defineAction({
  id: 'sc.share',
  permit: 'member',
  params: z.object({ sc: id, to: z.enum(['me', 'facilitator']) }),
  run: async ({ app, actor, now }, { sc, to }) => update(...own(await app.scales.share(actor, sc, to, now))),
})

export const seeScale = defineAction({
  id: 'sc.see',
  permit: 'member',
  params: z.object({ sc: id }),
  run: async ({ app, actor }, { sc }) => update(...own(await app.scales.own(actor, sc))),
})

async function resultsPage({ app, actor }: Asking, before?: string): Promise<Message> {
  const found = await app.scales.results(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  return say(
    heading(t('scales.results')),
    ...(shown.length === 0 ? [t('scales.none')] : []),
    ...shown.flatMap(({ entry, scale, score }) => {
      const at = { name: scale.name, day: dayWords(entry.forDay) }
      return [
        score ? t('scales.row', { ...at, total: score.total }) : t('scales.row.open', at),
        button(t('scales.see', at), seeScale, { sc: entry.id }),
      ]
    }),
    ...(found.length > perPage && last
      ? [button(t('scales.older'), scaleResults, { before: last.entry.id })]
      : []),
    button(t('scales.title'), scaleMenu, {}),
    small(t('scales.seen-by.me')),
  )
}

export const scaleResults = defineAction({
  id: 'sc.results',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await resultsPage(call, before) }),
})

export const deleteScale = defineAction({
  id: 'sc.delete',
  permit: 'member',
  params: z.object({ sc: id }),
  run: (_call, { sc }) =>
    update(
      t('scales.delete.sure'),
      button(t('scales.delete.yes'), deleteScaleForSure, { sc }, 'careful'),
      button(t('scales.back'), seeScale, { sc }),
    ),
})

export const deleteScaleForSure = defineAction({
  id: 'sc.gone',
  permit: 'member',
  params: z.object({ sc: id }),
  async run({ app, actor }, { sc }) {
    await app.scales.remove(actor, sc)
    return update(t('scales.deleted'), button(t('scales.results'), scaleResults, {}))
  },
})

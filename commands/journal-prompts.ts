// Whose questions come up in the journal: one's own, the program's, and which themes stay away.
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { groupKinds, themeNamed } from '../src/care/journal/content.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { permits } from '../src/kit/permit.ts'
import { button, heading, quote, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { promptsDoor } from './words/doors.ts'
import { asIs } from './words/prompts.ts'

type Asking = Call<App, Person>
const id = z.string().min(1)
const perPage = 5
const questionField = f.paragraph(t('journal.prompts.text.label'), { max: 300 })

async function own({ app, actor }: Asking, from = 0): Promise<Message> {
  const takesPart = permits('member', actor.roles)
  const [mine, aside] = takesPart
    ? await Promise.all([app.journalPrompts.own(actor), app.journalPrompts.themesAside(actor)])
    : [[], []]
  return say(
    heading(t('journal.prompts')),
    ...(takesPart ? [t('journal.prompts.about')] : []),
    ...mine
      .slice(from, from + perPage)
      .flatMap(({ id: prompt, body }): Part[] => [
        quote(body.text),
        button(t('journal.prompts.remove'), removeOwnPrompt, { prompt }, 'careful'),
      ]),
    ...(mine.length > from + perPage
      ? [button(t('journal.older'), morePrompts, { from: String(from + perPage) })]
      : []),
    ...aside.map((theme) =>
      button(t('journal.prompts.bring-back', { theme: themeNamed(theme)?.name ?? theme }), bringThemeBack, {
        theme,
      }),
    ),
    ...(takesPart ? [button(t('journal.prompts.add'), ownPromptForm, { prompt: app.newId() })] : []),
    ...(permits('facilitator', actor.roles) ? [button(t('journal.program'), programPrompts, {})] : []),
    small(t('journal.seen-by.me')),
  )
}

export const myPrompts = defineAction({
  ...promptsDoor,
  permit: 'known',
  run: async (call) => ({ kind: 'update', message: await own(call) }),
})

export const morePrompts = defineAction({
  id: 'jp.more',
  permit: 'member',
  params: z.object({ from: z.string().regex(/^\d+$/) }),
  run: async (call, { from }) => ({ kind: 'update', message: await own(call, Number(from)) }),
})

export const ownPromptForm = defineForm({
  id: 'jp.add',
  title: t('journal.prompts.add'),
  readers: t('journal.seen-by.me'),
  permit: 'member',
  params: z.object({ prompt: id }),
  fields: { text: questionField },
  async run(call, { text }, { prompt }) {
    await call.app.journalPrompts.addOwn(call.actor, prompt, text, call.now)
    return own(call)
  },
})

export const removeOwnPrompt = defineAction({
  id: 'jp.less',
  permit: 'member',
  params: z.object({ prompt: id }),
  async run(call, { prompt }) {
    await call.app.journalPrompts.removeOwn(call.actor, prompt)
    return { kind: 'update', message: await own(call) }
  },
})

export const bringThemeBack = defineAction({
  id: 'jp.theme',
  permit: 'member',
  params: z.object({ theme: z.string() }),
  async run(call, { theme }) {
    await call.app.journalPrompts.bringBack(call.actor, theme, call.now)
    return { kind: 'update', message: await own(call) }
  },
})

async function program({ app, actor }: Asking, from = 0): Promise<Message> {
  const all = await app.journalPrompts.program(actor)
  return say(
    heading(t('journal.program')),
    t('journal.program.about'),
    ...(all.length === 0 ? [t('journal.program.none')] : []),
    ...all
      .slice(from, from + perPage)
      .flatMap(({ id: prompt, text }): Part[] => [
        asIs(text[actor.language]),
        button(t('journal.prompts.remove'), retirePrompt, { prompt }, 'careful'),
      ]),
    ...(all.length > from + perPage
      ? [button(t('journal.older'), programPrompts, { from: String(from + perPage) })]
      : []),
    button(t('journal.program.add'), programPromptForm, { prompt: app.newId() }),
    small(t('journal.program.readers')),
  )
}

export const programPrompts = defineAction({
  id: 'jp.program',
  permit: 'facilitator',
  params: z.object({ from: z.string().regex(/^\d+$/).optional() }),
  run: async (call, { from }) => ({ kind: 'update', message: await program(call, Number(from ?? 0)) }),
})

export const programPromptForm = defineForm({
  id: 'jp.new',
  title: t('journal.program.add'),
  readers: t('journal.program.readers'),
  permit: 'facilitator',
  params: z.object({ prompt: id }),
  fields: {
    en: f.paragraph(t('journal.program.en'), { max: 300 }),
    es: f.paragraph(t('journal.program.es'), { max: 300 }),
    kinds: f.optional(
      f.choices(
        t('journal.program.kinds'),
        groupKinds.map((value) => ({ value, label: t(`journal.kind.${value}`) })),
      ),
    ),
    topic: f.optional(f.text(t('journal.program.topic'), { max: 80 })),
  },
  async run(call, { en, es, kinds, topic }, { prompt }) {
    const chosen = groupKinds.filter((one) => kinds?.includes(one))
    await call.app.journalPrompts.addProgram(
      call.actor,
      { id: prompt, en, es, kinds: chosen.length === 0 ? groupKinds : chosen, topic },
      call.now,
    )
    return program(call)
  },
})

export const retirePrompt = defineAction({
  id: 'jp.retire',
  permit: 'facilitator',
  params: z.object({ prompt: id }),
  async run(call, { prompt }) {
    await call.app.journalPrompts.retireProgram(call.actor, prompt, call.now)
    return { kind: 'update', message: await program(call) }
  },
})

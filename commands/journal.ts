// /journal: today's question or a free page, one's own entries to read, find, change and delete.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { themeNamed } from '../src/care/journal/content.ts'
import { longestEntry, type Found, type JournalEntry } from '../src/care/journal/journal.ts'
import type { Prompt } from '../src/care/journal/prompts.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { permits } from '../src/kit/permit.ts'
import { button, heading, quote, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { sharedEntries } from './journal-shared.ts'
import { audienceWords } from './words/answers.ts'
import { dayWords } from './words/days.ts'
import { asIs, promptWords } from './words/prompts.ts'
import { nowHeardBy } from './alert-card.ts'
import { bringDoor, promptsDoor } from './words/doors.ts'

type Asking = Call<App, Person>
const id = z.string().min(1)
const onEntry = z.object({ entry: id })
const readers = small(t('journal.readers'))
const perPage = 5
const hitsPerPage = 5

const words = f.paragraph(t('journal.words.label'), { max: longestEntry })
const searched = f.text(t('journal.search.label'), { max: 100 })

const wherefrom = (prompt: Prompt): Text =>
  prompt.from === 'shipped'
    ? t('journal.from.shipped', { theme: themeNamed(prompt.theme ?? '')?.name ?? t('journal.title') })
    : t(`journal.from.${prompt.from}`)

function card({ app, actor }: Asking, prompt: Prompt | undefined): Message {
  const entry = app.newId()
  return say(
    heading(t('journal.title')),
    ...(prompt
      ? [
          t('journal.today'),
          promptWords(prompt, actor.language),
          small(wherefrom(prompt)),
          button(t('journal.answer'), writeAbout, { entry, prompt: prompt.id }, 'main'),
          button(t('journal.another'), anotherPrompt, {}),
          ...(prompt.theme === undefined
            ? []
            : [button(t('journal.not-theme'), notThisTheme, { theme: prompt.theme })]),
        ]
      : [t('journal.no-prompt')]),
    button(t('journal.free'), writeFreely, { entry }),
    button(t('journal.let-go'), letGo, {}),
    button(t('journal.entries'), journalEntries, {}),
    button(t('journal.prompts'), promptsDoor, {}),
    ...(permits('facilitator', actor.roles) ? [button(t('journal.shared'), sharedEntries, {})] : []),
    readers,
  )
}

/** A facilitator who takes no part has no pages, but reads what was shown. */
const forStaff = (): Message =>
  say(
    heading(t('journal.title')),
    button(t('journal.shared'), sharedEntries, {}),
    button(t('journal.prompts'), promptsDoor, {}),
    small(t('people.roster.readers')),
  )

export const journal = defineCommand({
  name: 'journal',
  title: t('journal.command.title'),
  description: t('journal.command.about'),
  permit: 'known',
  wait: 'privately',
  options: { words: f.optional(words), search: f.optional(searched) },
  async run(call, { words: said, search }) {
    const { app, actor, now } = call
    if (!permits('member', actor.roles)) return forStaff()
    if (said !== undefined)
      return kept(await app.journal.write(actor, { id: app.newId(), text: said }, now), t('journal.saved'))
    if (search !== undefined) return hits(await app.journal.search(actor, search, hitsPerPage, now), 0)
    return card(call, await app.journalPrompts.today(actor, now))
  },
})

export const openJournal = defineAction({
  id: 'jo',
  permit: 'member',
  params: z.object({}),
  run: async (call) => card(call, await call.app.journalPrompts.today(call.actor, call.now)),
})

export const backToJournal = defineAction({
  id: 'jo.back',
  permit: 'member',
  params: z.object({}),
  run: async (call) => ({
    kind: 'update',
    message: card(call, await call.app.journalPrompts.today(call.actor, call.now)),
  }),
})

export const anotherPrompt = defineAction({
  id: 'jo.next',
  permit: 'member',
  params: z.object({}),
  run: async (call) => ({
    kind: 'update',
    message: card(call, await call.app.journalPrompts.another(call.actor, call.now)),
  }),
})

export const notThisTheme = defineAction({
  id: 'jo.not',
  permit: 'member',
  params: z.object({ theme: z.string() }),
  run: async (call, { theme }) => ({
    kind: 'update',
    message: card(call, await call.app.journalPrompts.notTheme(call.actor, theme, call.now)),
  }),
})

function kept(entry: JournalEntry, first: Text): Message {
  return say(small(first), ...entryParts(entry))
}

/** One entry in its writer's eyes, with everything that can be done with it. */
function entryParts(entry: JournalEntry): readonly Part[] {
  const params = { entry: entry.id }
  const { text, about, win } = entry.body
  return [
    heading(dayWords(entry.forDay)),
    ...(about === undefined ? [] : [small(asIs(about))]),
    quote(text),
    button(t('journal.edit'), editEntry, params),
    ...(entry.audience === 'me'
      ? [
          button(t('journal.share.facilitator'), shareEntry, { ...params, to: 'facilitator' }),
          button(t('journal.share.group'), shareEntry, { ...params, to: 'group' }),
        ]
      : [button(t('journal.share.back'), shareEntry, { ...params, to: 'me' })]),
    button(t('agenda.bring'), bringDoor, { kind: 'journal', from: entry.id }),
    button(t(win ? 'journal.win.off' : 'journal.win'), markWin, { ...params, win: win ? 'n' : 'y' }),
    button(t('journal.delete'), deleteEntry, params, 'careful'),
    button(t('journal.entries'), journalEntries, {}),
    small(t(`journal.seen-by.${entry.audience}`)),
  ]
}

export const writeAbout = defineForm({
  id: 'jo.about',
  title: t('journal.title'),
  readers: t('journal.readers'),
  permit: 'member',
  params: z.object({ entry: id, prompt: z.string() }),
  fields: { words },
  async run({ app, actor, now, language }, said, { entry, prompt }) {
    const asked = await app.journalPrompts.named(actor, prompt)
    const about = asked?.words[language]
    return kept(
      await app.journal.write(actor, { id: entry, text: said.words, about }, now),
      t('journal.saved'),
    )
  },
})

export const writeFreely = defineForm({
  id: 'jo.free',
  title: t('journal.title'),
  readers: t('journal.readers'),
  permit: 'member',
  params: onEntry,
  fields: { words },
  async run({ app, actor, now }, said, { entry }) {
    return kept(await app.journal.write(actor, { id: entry, text: said.words }, now), t('journal.saved'))
  },
})

export const letGo = defineForm({
  id: 'jo.go',
  title: t('journal.let-go'),
  readers: t('journal.let-go.readers'),
  permit: 'member',
  unkept: true,
  params: z.object({}),
  fields: { words },
  run: () => say(t('journal.let-go.done'), button(t('journal.back'), backToJournal, {})),
})

export const changeEntry = defineForm({
  id: 'jo.change',
  title: t('journal.edit'),
  readers: t('journal.readers'),
  permit: 'member',
  params: onEntry,
  fields: { words },
  async run(call, said, { entry }) {
    const { app, actor, now } = call
    const { audience } = await app.journal.own(actor, entry)
    const first = await nowHeardBy(call, audience, [said.words])
    const changed = kept(await app.journal.edit(actor, entry, said.words, now), t('journal.changed'))
    return { ...changed, blocks: [...first, ...changed.blocks] }
  },
})

export const editEntry = defineAction({
  id: 'jo.edit',
  permit: 'member',
  params: onEntry,
  async run({ app, actor }, params) {
    const { body } = await app.journal.own(actor, params.entry)
    return open(changeEntry, actor, params, { words: body.text })
  },
})

export const readEntry = defineAction({
  id: 'jo.read',
  permit: 'member',
  params: onEntry,
  run: async ({ app, actor }, { entry }) => update(...entryParts(await app.journal.own(actor, entry))),
})

export const shareEntry = defineAction({
  id: 'jo.share',
  permit: 'member',
  params: z.object({ entry: id, to: z.enum(['me', 'facilitator', 'group']) }),
  async run(call, { entry, to }) {
    const { app, actor, now } = call
    const first = await nowHeardBy(call, to, [(await app.journal.own(actor, entry)).body.text])
    return update(...first, ...entryParts(await app.journal.share(actor, entry, to, now)))
  },
})

export const markWin = defineAction({
  id: 'jo.win',
  permit: 'member',
  params: z.object({ entry: id, win: z.enum(['y', 'n']) }),
  run: async ({ app, actor, now }, { entry, win }) =>
    update(...entryParts(await app.journal.markWin(actor, entry, win === 'y', now))),
})

export const deleteEntry = defineAction({
  id: 'jo.delete',
  permit: 'member',
  params: onEntry,
  run: (_call, params) =>
    update(
      t('journal.delete.sure'),
      button(t('journal.delete.yes'), deleteEntryForSure, params, 'careful'),
      button(t('journal.entries'), journalEntries, {}),
    ),
})

export const deleteEntryForSure = defineAction({
  id: 'jo.gone',
  permit: 'member',
  params: onEntry,
  async run({ app, actor }, { entry }) {
    await app.journal.remove(actor, entry)
    return update(t('journal.deleted'), button(t('journal.entries'), journalEntries, {}))
  },
})

const start = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 90 ? `${line.slice(0, 89).trimEnd()}…` : line
}

async function page({ app, actor }: Asking, before?: string): Promise<Message> {
  const found = await app.journal.list(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  return say(
    heading(t('journal.entries')),
    ...(shown.length === 0 ? [t('journal.none')] : []),
    ...shown.flatMap(({ id: entry, forDay, body, audience }): Part[] => [
      t('journal.row', { day: dayWords(forDay), audience: audienceWords(audience) }),
      quote(start(body.text)),
      button(t('journal.read', { day: dayWords(forDay) }), readEntry, { entry }),
    ]),
    ...(found.length > perPage && last
      ? [button(t('journal.older'), journalEntries, { before: last.id })]
      : []),
    ...(before === undefined ? [] : [button(t('journal.newest'), journalEntries, {})]),
    button(t('journal.search'), searchForm, {}),
    button(t('journal.ago'), lookBack, {}),
    button(t('journal.win.show'), showWin, {}),
    button(t('journal.back'), backToJournal, {}),
    small(t('journal.seen-by.me')),
  )
}

export const journalEntries = defineAction({
  id: 'jo.list',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})

function hits({ query, hits: found, more }: Found, skip: number): Message {
  return say(
    heading(t('journal.search.found', { words: query })),
    ...(found.length === 0 ? [t('journal.search.none')] : []),
    ...found.flatMap(({ entry, excerpt }): Part[] => [
      quote(excerpt),
      button(t('journal.read', { day: dayWords(entry.forDay) }), readEntry, { entry: entry.id }),
    ]),
    ...(more ? [button(t('journal.search.more'), searchOn, { skip: String(skip + hitsPerPage) })] : []),
    button(t('journal.search'), searchForm, {}),
    button(t('journal.entries'), journalEntries, {}),
    small(t('journal.seen-by.me')),
  )
}

export const searchForm = defineForm({
  id: 'jo.search',
  title: t('journal.search'),
  readers: t('journal.seen-by.me'),
  permit: 'member',
  params: z.object({}),
  fields: { search: searched },
  run: async ({ app, actor, now }, { search }) =>
    hits(await app.journal.search(actor, search, hitsPerPage, now), 0),
})

export const searchOn = defineAction({
  id: 'jo.more',
  permit: 'member',
  params: z.object({ skip: z.string().regex(/^\d+$/) }),
  async run({ app, actor }, { skip }) {
    const found = await app.journal.searchOn(actor, Number(skip), hitsPerPage)
    return { kind: 'update', message: hits(found, Number(skip)) }
  },
})

export const lookBack = defineAction({
  id: 'jo.ago',
  permit: 'member',
  params: z.object({ days: z.enum(['30', '90', '365']).optional() }),
  run: async (call, { days }) => ({ kind: 'update', message: await past(call, days) }),
})

async function past({ app, actor, now }: Asking, days?: '30' | '90' | '365'): Promise<Message> {
  const found = days === undefined ? [] : await app.journal.daysAgo(actor, Number(days), now)
  return say(
    heading(t(days === undefined ? 'journal.ago' : `journal.ago.${days}`)),
    ...(days !== undefined && found.length === 0 ? [t('journal.ago.none')] : []),
    ...found
      .slice(0, perPage)
      .flatMap(({ id: entry, forDay, body }): Part[] => [
        quote(start(body.text)),
        button(t('journal.read', { day: dayWords(forDay) }), readEntry, { entry }),
      ]),
    ...(['30', '90', '365'] as const)
      .filter((one) => one !== days)
      .map((one) => button(t(`journal.ago.${one}`), lookBack, { days: one })),
    button(t('journal.entries'), journalEntries, {}),
    small(t('journal.seen-by.me')),
  )
}

export const showWin = defineAction({
  id: 'jo.wins',
  permit: 'member',
  params: z.object({}),
  async run({ app, actor, now }) {
    const found = await app.journal.aWin(actor, now)
    return found
      ? update(...entryParts(found))
      : update(t('journal.win.none'), button(t('journal.entries'), journalEntries, {}))
  },
})

// A few features that use everything the kit can say, behind a real connection to the local Slack.
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Action, Actor, Command, Form, Menu } from '../../../src/kit/command.ts'
import { createDispatcher } from '../../../src/kit/dispatch.ts'
import { collect } from '../../../src/kit/features.ts'
import * as f from '../../../src/kit/field.ts'
import { open } from '../../../src/kit/open.ts'
import {
  button,
  heading,
  link,
  list,
  pick,
  picture,
  file,
  quote,
  say,
  sayInRoom,
  small,
  update,
} from '../../../src/kit/reply.ts'
import { connectSlack, type SlackOptions } from '../../../src/platforms/slack/slack.ts'
import { Refusal } from '../../../src/words/refusal.ts'
import type { Content } from '../../../src/words/text.ts'
import {
  appToken,
  botToken,
  signingSecret,
  startSlackServer,
  type SlackServer,
} from '../../support/slack-server.ts'

export const words = (en: string, es = en): Content => ({ en, es })

type Seen = { ran: string[]; slowMs: number }
const none = z.object({})
const one = z.object({ id: z.string() })

const all = {
  mood: f.scale(words('Mood', 'Ánimo'), { min: 1, max: 10, low: words('low'), high: words('high') }),
  note: f.optional(f.paragraph(words('Note'), { max: 200, hint: words('Only if you like') })),
  skill: f.optional(f.text(words('Skill'), { search: true })),
  halt: f.optional(
    f.choices(
      words('HALT'),
      ['hungry', 'angry', 'lonely', 'tired'].map((value) => ({ value, label: words(value) })),
    ),
  ),
  audience: f.optional(
    f.choice(
      words('Who sees it'),
      ['me', 'group'].map((value) => ({ value, label: words(value) })),
    ),
  ),
  hours: f.optional(f.whole(words('Sleep'), { min: 0, max: 24 })),
  who: f.optional(f.person(words('With'))),
  others: f.optional(f.people(words('And'))),
  where: f.optional(f.room(words('Where'))),
  day: f.optional(f.date(words('Day'))),
  at: f.optional(f.time(words('At'))),
  again: f.optional(f.flag(words('Again'))),
}

export const form: Form<Seen, Actor, { id?: string | undefined }, typeof all> = {
  kind: 'form',
  id: 'everything',
  title: words('Everything that can be asked of you'),
  readers: words('Only you see this.'),
  permit: 'member',
  params: z.object({ id: z.string().optional() }),
  fields: all,
  suggest: (_, __, typed) => [{ value: 'box-breathing', label: words(`Box breathing (${typed})`) }],
  async run({ app }, answers) {
    app.ran.push(`form ${JSON.stringify(answers)}`)
    await sleep(app.slowMs)
    if (answers.mood === 2) throw new Refusal(words('Two is taken.'), 'mood')
    if (answers.mood === 3) return open(form, {} as Actor, {}, { mood: 4 })
    return say(words(`Kept ${answers.mood}.`), button(words('Undo'), undo, { id: 'ci1' }))
  },
}
const handIn: Form<Seen, Actor, Record<string, never>, { copy: f.FileField<true> }> = {
  kind: 'form',
  id: 'hand-in',
  title: words('Bring a copy'),
  readers: words('Only you see this.'),
  permit: 'member',
  params: none,
  fields: { copy: f.file(words('Your copy'), { max: 1_000_000 }) },
  async run(_, { copy }) {
    return say(words(`${copy.name}: ${Buffer.from(await copy.read()).toString()}`))
  },
}
const undo: Action<Seen, Actor, { id: string }> = {
  kind: 'action',
  id: 'undo',
  permit: 'member',
  params: one,
  async run({ app }, { id }) {
    app.ran.push(`undo ${id}`)
    await sleep(app.slowMs)
    return update(words('Undone.'))
  },
}
const chosen: Action<Seen, Actor, Record<string, never>> = {
  kind: 'action',
  id: 'chosen',
  permit: 'member',
  params: none,
  run: (_, __, value) => say(words(`You picked ${value}.`)),
}

type Made = Command<Seen>
const command = (name: string, run: Made['run'], options: f.Fields = {}): Made => ({
  kind: 'command',
  name,
  title: words(name),
  description: words(`About ${name}`),
  permit: 'member',
  options,
  run: run as never,
})

const png = Buffer.from('89504e470d0a1a0a', 'hex')
const pieces = [
  form,
  undo,
  chosen,
  command(
    'checkin',
    async ({ app }, answers) => {
      app.ran.push(`checkin ${JSON.stringify(answers)}`)
      await sleep(app.slowMs)
      const { note } = answers as { note?: string }
      return say(
        words('Saved.'),
        ...(note ? [quote(note)] : []),
        button(words('Undo'), undo, { id: 'ci1' }, 'careful'),
      )
    },
    { mood: f.whole(words('Mood'), { min: 1, max: 10 }), note: f.optional(f.paragraph(words('Note'))) },
  ),
  command('home', () =>
    say(
      heading(words('What you can do')),
      list([words('Check in'), words('See your week')]),
      button(words('Check in'), form, {}, 'main'),
      button(words('Undo'), undo, { id: 'ci1' }),
      link(words('Find a line'), 'https://findahelpline.com/'),
      pick(words('Pick one'), chosen, {}, [{ value: 'walk', label: words('A walk') }]),
      small(words('Only you see this.')),
    ),
  ),
  command('ask', async ({ app }) => {
    await sleep(app.slowMs)
    return open(
      form,
      {} as Actor,
      {},
      { mood: 7, note: 'as before', halt: ['tired'], at: '9:00', hours: '8', skill: 'box', again: true },
    )
  }),
  handIn,
  command('hand-in', () => open(handIn, {} as Actor, {})),
  command('away', () => say(words('Away.'))),
  command('progress', () =>
    say(words('Your week'), picture('week.png', png, words('Mood rose from 3 to 7.'))),
  ),
  command('keep', () =>
    say(words('Here it is.'), file('plan.txt', Buffer.from('mine'), 'text/plain', words('My plan'))),
  ),
  command('wave', () => sayInRoom(words('Ana waves.'))),
  command('long', () =>
    say(
      ...Array.from({ length: 120 }, (_, at) => words(`Line ${at}. ${'x'.repeat(40)}`)),
      words('ñ'.repeat(7000)),
    ),
  ),
  command('broken', () => {
    throw new Error('a secret of Ana')
  }),
  command('same', () =>
    say(button(words('One'), undo, { id: 'a' }), button(words('Two'), undo, { id: 'a' })),
  ),
  command('with', (_, answers) => say(words(`With ${JSON.stringify(answers)}.`)), {
    who: f.person(words('Who')),
  }),
  {
    kind: 'menu',
    id: 'remind-me',
    title: words('Remind me of this'),
    permit: 'member',
    run: (_, { link: to, room }) => say(words(`In ${room}: ${to}`)),
  } satisfies Menu<Seen>,
]
export const features = collect<Seen>([Object.fromEntries(pieces.map((piece, at) => [String(at), piece]))])

export type Way = 'Socket Mode' | 'signed HTTP'
export type Example = Awaited<ReturnType<typeof startExample>>

/** What a test started is stopped by `stopAll`. */
let running: (() => Promise<unknown>)[] = []
export async function stopAll(): Promise<void> {
  const all = running.toReversed()
  running = []
  for (const stop of all) await stop()
}

export async function startServer(): Promise<SlackServer> {
  const server = await startSlackServer()
  running.push(() => server.stop())
  server.person('U0ANA', { name: 'ana', locale: 'en-US', tz: 'America/Chicago' })
  return server
}

export async function startExample(
  way: Way,
  more: Partial<Extract<SlackOptions['transport'], { kind: 'socket' }>> = {},
) {
  const server = await startServer()
  return { server, ...(await connect(server, way, more)) }
}

export async function connect(
  server: SlackServer,
  way: Way,
  more: Partial<Extract<SlackOptions['transport'], { kind: 'socket' }>> = {},
) {
  const app: Seen = { ran: [], slowMs: 0 }
  const log: string[] = []
  const visitors: unknown[] = []
  const drafts = new Map<string, Readonly<Record<string, unknown>>>()
  const dispatcher = createDispatcher<Seen>({
    app,
    features,
    directory: {
      find(visitor) {
        visitors.push(visitor)
        const stranger = visitor.user === 'U0STRANGER'
        const language = visitor.locale?.startsWith('es') ? 'es' : 'en'
        return Promise.resolve(
          stranger
            ? undefined
            : {
                personId: 'p1',
                programId: 'prog1',
                roles: ['member'],
                language,
                zone: visitor.zone ?? 'UTC',
              },
        )
      },
    },
    drafts: {
      put: async (_, code, raw) => void drafts.set(code, raw),
      get: async (_, code) => drafts.get(code),
      drop: async (_, code) => void drafts.delete(code),
    },
    now: () => new Date(),
    today: (now) => now.toISOString().slice(0, 10),
    reference: () => 'ref-1',
    log: () => undefined,
    welcome: () => say(words('Welcome. Type /start to join.')),
    home: 'home',
  })
  const transport =
    way === 'Socket Mode'
      ? { kind: 'socket' as const, appToken, ...more }
      : { kind: 'http' as const, signingSecret }
  const slack = await connectSlack({
    dispatcher,
    botToken,
    transport,
    apiUrl: server.apiUrl,
    log: (entry) => log.push(JSON.stringify(entry)),
  })
  running.push(() => slack.stop())
  if (slack.listener) {
    const http = createServer(slack.listener).listen(0, '127.0.0.1')
    await new Promise((listening) => http.once('listening', listening))
    running.push(async () => {
      http.closeAllConnections()
      await new Promise((done) => http.close(done))
    })
    const address = http.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    server.to(`http://127.0.0.1:${address.port}/slack/events`)
  }
  return { slack, app, log, visitors, ana: server.person('U0ANA') }
}

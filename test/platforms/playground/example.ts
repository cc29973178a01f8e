// A small program with one feature of each kind, so that the playground can be tried without a database.
import { z } from 'zod'
import { drawChart } from '../../../src/care/insight/chart.ts'
import type { Action, Actor, Command, Feature, Form, Menu, Visitor } from '../../../src/kit/command.ts'
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
  quote,
  say,
  sayInRoom,
  small,
  update,
} from '../../../src/kit/reply.ts'
import { servePlayground } from '../../../src/platforms/playground/serve.ts'
import { createPlayground } from '../../../src/platforms/playground/playground.ts'
import { Refusal } from '../../../src/words/refusal.ts'
import type { Content } from '../../../src/words/text.ts'

const words = (en: string, es = en): Content => ({ en, es })
const two = [
  { value: 'me', label: words('Only me', 'Solo yo') },
  { value: 'group', label: words('My group', 'Mi grupo') },
]
const nothing = z.object({})

const everything: Form<Seen> = {
  kind: 'form',
  id: 'every',
  title: words('How is today?', '¿Cómo va hoy?'),
  readers: words('Only you read this.', 'Solo tú lo lees.'),
  permit: 'anyone',
  params: nothing,
  fields: {
    mood: f.scale(words('Mood', 'Ánimo'), {
      min: 1,
      max: 10,
      low: words('very low'),
      high: words('very good'),
      hint: words('How do you feel right now?'),
    }),
    urge: f.optional(f.scale(words('Urge'), { min: 0, max: 10, low: words('none'), high: words('strong') })),
    halt: f.optional(
      f.choices(
        words('Are you any of these?'),
        ['hungry', 'angry', 'lonely', 'tired'].map((value) => ({ value, label: words(value) })),
      ),
    ),
    note: f.optional(f.paragraph(words('A line about today'), { max: 300 })),
    audience: f.choice(words('Who may read it?'), two),
    skill: f.optional(f.text(words('A skill that helped'), { search: true })),
    hours: f.optional(f.whole(words('Hours of sleep'), { min: 0, max: 24 })),
    who: f.optional(f.person(words('A person'))),
    friends: f.optional(f.people(words('People'))),
    place: f.optional(f.room(words('A room'))),
    day: f.optional(f.date(words('Day'))),
    at: f.optional(f.time(words('Time'))),
    agree: f.optional(f.flag(words('Remind me tomorrow?'))),
  },
  suggest: (_, __, typed) =>
    skills.filter(({ label }) => label.en.toLowerCase().includes(typed.toLowerCase())),
  run(call, answers) {
    call.app.answers.push(answers)
    if (answers['note'] === 'too late') throw new Refusal(words('That day is over.'), 'day')
    return say(
      words('Saved.', 'Guardado.'),
      list([words(`Mood ${answers['mood'] as number} of 10`)]),
      ...(typeof answers['note'] === 'string' ? [quote(answers['note'])] : []),
      small(words('Only you can see it.', 'Solo tú lo ves.')),
      button(words('Edit', 'Cambiar'), everything, {}, 'main'),
      button(words('Undo', 'Deshacer'), undo, {}, 'careful'),
    )
  },
}
const skills = [
  { value: 'paced breathing', label: words('Paced breathing') },
  { value: 'tipp', label: words('Cold water (TIPP)') },
]

const undo: Action<Seen> = {
  kind: 'action',
  id: 'undo',
  permit: 'anyone',
  params: nothing,
  run: () => update(words('Undone.', 'Deshecho.')),
}
const chosen: Action<Seen> = {
  kind: 'action',
  id: 'chosen',
  permit: 'anyone',
  params: nothing,
  run: (_, __, picked) => say(words(`You picked ${picked ?? 'nothing'}.`)),
}

const command = (
  name: string,
  description: Content,
  run: Command<Seen>['run'],
  more: Partial<Command<Seen>> = {},
): Command<Seen> => ({
  kind: 'command',
  name,
  title: words(name),
  description,
  permit: 'anyone',
  options: {},
  run,
  ...more,
})

const checkin = command(
  'checkin',
  words('Note how you are today', 'Anota cómo estás hoy'),
  (call, answers) =>
    answers['mood'] === undefined
      ? open(everything, call.actor, {}, { audience: 'me' })
      : everything.run(call, answers, {}),
  {
    options: {
      mood: f.optional(f.whole(words('Mood, from 1 to 10', 'Ánimo, de 1 a 10'), { min: 1, max: 10 })),
      audience: f.optional(f.choice(words('Who may read it'), two)),
      note: f.optional(f.paragraph(words('A line about today'), { max: 300 })),
    },
  },
)
const progress = command(
  'progress',
  words('See your last days as a picture', 'Mira tus últimos días en una imagen'),
  async () => {
    const days = Array.from({ length: 30 }, (_, at) => ({ label: `${at + 1} Nov`, tookPart: at % 5 > 0 }))
    const wave = (from: number, shift: number) =>
      days.map(({ tookPart }, at) => (tookPart ? Math.round(from + 2 * Math.sin(at / 3 + shift)) : undefined))
    const png = await drawChart({
      title: 'Your last 30 days',
      caption: 'Days taken part: 24 of 30',
      empty: '',
      days,
      lines: [
        { name: 'Mood', values: wave(6, 0) },
        { name: 'Stress', values: wave(4, 2) },
        { name: 'Urge', values: wave(2, 4) },
        { name: 'Sleep', values: wave(7, 1) },
      ],
    })
    return say(
      heading(words('Your last 30 days')),
      picture('trend.png', png, words('Mood rose from 5 to 7 over 30 days.')),
      words('You took part on 24 of 30 days. Mood was 6.2 on average, 5.1 in the 30 days before.'),
      pick(words('Another time span'), chosen, {}, [
        { value: '7', label: words('7 days') },
        { value: '90', label: words('90 days') },
      ]),
    )
  },
)
const help = command('help-now', words('Lines to call or text, right now'), () =>
  say(
    heading(words('If you are in danger, call 911')),
    list([
      words('988 Suicide & Crisis Lifeline: call or text 988'),
      words('Crisis Text Line: text HOME to 741741'),
    ]),
    link(words('Lines in other countries'), 'https://findahelpline.com'),
  ),
)
const wave = command('wave', words('Wave to the room'), ({ visitor }) =>
  sayInRoom(words(`${visitor.name} waves.`)),
)
const skill = command(
  'skill',
  words('Find a skill'),
  (_, { name }) => say(words(`Skill: ${name as string}`)),
  {
    options: { name: f.text(words('What helps'), { search: true }) },
    suggest: (_, __, typed) => skills.filter(({ value }) => value.includes(typed.toLowerCase())),
  },
)
const roster = command('roster', words('Who takes part'), () => say(words('The roster.')), {
  permit: 'facilitator',
})
const broken = command('broken', words('Fails'), () => {
  throw new Error('a secret of the inside')
})
const report: Menu<Seen> = {
  kind: 'menu',
  id: 'report',
  title: words('Report', 'Avisar'),
  permit: 'anyone',
  run: (_, { messageId }) => say(words(`Reported ${messageId}.`)),
}

export type Seen = { readonly answers: unknown[]; readonly visitors: Visitor[] }

const roles = { maya: 'facilitator', sam: 'admin', teo: 'alum', ana: 'member', jo: 'member' } as const
const isKnown = (user: string): user is keyof typeof roles => Object.hasOwn(roles, user)

export async function startExample(port = 0) {
  const app: Seen = { answers: [], visitors: [] }
  const time = { now: new Date('2026-03-07T14:00:00Z') }
  const directory = {
    find(visitor: Visitor): Promise<Actor | undefined> {
      app.visitors.push(visitor)
      const { user } = visitor
      if (!isKnown(user)) return Promise.resolve(undefined)
      const language = user === 'jo' ? 'es' : 'en'
      const who = { personId: user, programId: 'p', roles: [roles[user]], language, zone: 'America/New_York' }
      return Promise.resolve(who as Actor)
    },
  }
  const pieces: Feature<Seen>[] = [
    help,
    checkin,
    progress,
    skill,
    wave,
    roster,
    broken,
    everything,
    undo,
    chosen,
    report,
  ]
  const drafts = new Map<string, Readonly<Record<string, unknown>>>()
  const dispatcher = createDispatcher<Seen>({
    app,
    features: collect<Seen>([Object.fromEntries(pieces.map((piece, at) => [String(at), piece]))]),
    directory,
    drafts: {
      put: async (_, form, raw) => void drafts.set(form, raw),
      get: async (_, form) => drafts.get(form),
      drop: async (_, form) => void drafts.delete(form),
    },
    now: () => time.now,
    today: (now) => now.toISOString().slice(0, 10),
    reference: () => 'ref-1',
    log: () => undefined,
    welcome: () => say(words('Welcome. Type /start to join.')),
    home: 'help-now',
  })
  const moves: string[] = []
  const playground = createPlayground({
    dispatcher,
    directory,
    now: () => time.now,
    log: () => undefined,
    moveClock: async (to) => {
      moves.push(to.toISOString())
      time.now = to
      await playground.poster.send({
        id: `prompt-${moves.length}`,
        platform: 'playground',
        workspace: 'playground',
        to: { kind: 'person', user: 'ana' },
        message: say(words('Good morning. How is today?'), button(words('Check in'), everything, {}, 'main')),
        language: 'en',
        attempt: 1,
      })
    },
  })
  const server = await servePlayground(playground, port)
  return { ...server, app, moves, playground, time }
}

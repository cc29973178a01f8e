// A made-up program whose people are spoken to through the kit, with no platform: tests read like the chat.
import { createConversation, type Conversation } from '../../src/conversation.ts'
import { skills } from '../../src/care/skills/content.ts'
import { createSkillSearch } from '../../src/care/skills/search/search.ts'
import { createClock, type MovableClock } from '../../src/delivery/clock.ts'
import type { RoomKeepers } from '../../src/care/groups/room-keeper.ts'
import type { Place } from '../../src/care/safety/lines.ts'
import type { Visitor } from '../../src/kit/command.ts'
import type { Answer, Event, KitLog } from '../../src/kit/dispatch.ts'
import type { Raw } from '../../src/kit/parse.ts'
import type { Block, Button, Message, OpenForm } from '../../src/kit/reply.ts'
import { render } from '../../src/words/render.ts'
import type { Language, Text } from '../../src/words/text.ts'
import { list } from '../../commands/index.ts'
import { screen } from './screen.ts'
import type { Store } from '../../src/store/connect.ts'

export const messageOf = ({ reply }: Answer): Message | undefined => {
  if (reply.kind === 'message') return reply
  return reply.kind === 'update' || reply.kind === 'problems' ? reply.message : undefined
}
export const buttonsOf = (answer: Answer): readonly Button[] =>
  (messageOf(answer)?.blocks ?? []).flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.filter((one): one is Button => one.kind === 'button') : [],
  )

const say = (text: Text | string, language: Language): string =>
  typeof text === 'string' ? text : render(text, language)

function words(block: Block, language: Language): string {
  switch (block.kind) {
    case 'quote':
      return `> ${block.words}`
    case 'list':
      return block.items.map((item) => `- ${say(item, language)}`).join('\n')
    case 'picture':
      return `[picture: ${say(block.alt, language)}]`
    case 'file':
      return `[file ${block.name}: ${say(block.label, language)}]`
    case 'buttons':
      return block.buttons.map(({ label }) => `[${say(label, language)}]`).join(' ')
    case 'pick':
      return `[${say(block.label, language)}: ${block.choices.map(({ label }) => say(label, language)).join(', ')}]`
    case 'heading':
    case 'text':
    case 'small':
      return say(block.text, language)
  }
}

export const shownInMessage = (message: Message, language: Language): string =>
  message.blocks.map((block) => words(block, language)).join('\n')

export function shownIn(answer: Answer): string {
  const { reply, language } = answer
  const message = messageOf(answer)
  if (message) return shownInMessage(message, language)
  return reply.kind === 'form' ? `form: ${say(reply.title, language)}` : ''
}

type Who = Partial<Visitor> & { readonly user: string }
type Input = Readonly<Record<string, unknown>> & Pick<Event, 'kind'>

/** One person at one place, typing, pressing and filling in; `last` is what they see. */
export class Speaker {
  last: Answer | undefined
  readonly #conversation: Conversation
  readonly #who: Who
  readonly #place: { readonly kind: 'direct' | 'room'; readonly room: string }
  readonly #rows: number

  constructor(conversation: Conversation, who: Who, rows: number, room?: string) {
    this.#conversation = conversation
    this.#who = who
    this.#rows = rows
    this.#place = room === undefined ? { kind: 'direct', room: `dm-${who.user}` } : { kind: 'room', room }
  }

  get visitor(): Visitor {
    return {
      platform: 'playground',
      workspace: 'w1',
      name: this.#who.user,
      managesWorkspace: false,
      ...this.#who,
    }
  }
  async send(input: Input): Promise<string> {
    const event = { visitor: this.visitor, place: this.#place, rows: this.#rows, ...input }
    this.last = await this.#conversation.dispatcher.dispatch(event as Event)
    return shownIn(this.last)
  }

  slash(name: string, raw: Raw = {}): Promise<string> {
    return this.send({ kind: 'command', name, raw })
  }
  types(typed: string): Promise<string> {
    return this.send({ kind: 'words', words: typed })
  }
  pressCode(code: string, chosen?: string): Promise<string> {
    return this.send({ kind: 'press', code, ...(chosen !== undefined && { chosen }) })
  }
  /** The code of the button with this label on what is shown now. */
  codeOf(label: string): string {
    const button = buttonsOf(this.shown()).find((one) => render(one.label, this.shown().language) === label)
    if (!button) throw new Error(`there is no button “${label}” on:\n${shownIn(this.shown())}`)
    return button.code
  }
  press(label: string): Promise<string> {
    return this.pressCode(this.codeOf(label))
  }
  /** Fills in and sends the form that is open. */
  fill(raw: Raw): Promise<string> {
    const form = this.form()
    return this.submit(form.code, { ...form.filled, ...raw })
  }
  submit(code: string, raw: Raw): Promise<string> {
    return this.send({ kind: 'submit', code, raw })
  }
  menu(id: string, link: string): Promise<string> {
    return this.send({ kind: 'menu', id, pointed: { messageId: 'm1', room: 'r1', link } })
  }
  form(): OpenForm {
    const { reply } = this.shown()
    if (reply.kind !== 'form') throw new Error(`no form is open, but:\n${shownIn(this.shown())}`)
    return reply
  }
  shown(): Answer {
    if (!this.last) throw new Error('nothing was said yet')
    return this.last
  }
}

export type Cast = {
  readonly conversation: Conversation
  readonly clock: MovableClock
  as(user: string, more?: Partial<Visitor> & { readonly rows?: number; readonly room?: string }): Speaker
  /** Sets a program up in the workspace; its admin is `admin`. */
  program(workspace?: string): Promise<Speaker>
  /** Joins, with the first minutes left for later. */
  member(user: string, more?: Partial<Visitor>): Promise<Speaker>
}

/** By words alone: the sense of sentences takes a thread and packages that may not be there. */
const finder = createSkillSearch({ skills })

type CastStore = Omit<Store, 'close' | 'health' | 'outbox' | 'schedules' | 'migrated'>

/** The clock starts at 2026-03-06 15:00 UTC, two days before summer time in New York, and runs. */
export function castOn(
  store: CastStore,
  log: KitLog = () => {},
  reader = screen,
  keepers: RoomKeepers = () => undefined,
): Cast {
  const began = performance.now()
  const clock = createClock(() => Date.UTC(2026, 2, 6, 15) + performance.now() - began)
  let kept: readonly Place[] = []
  const places = {
    all: () => kept,
    write: (all: readonly Place[]) => {
      kept = all
      return Promise.resolve()
    },
  }
  const conversation = createConversation({
    stores: store,
    places,
    finder,
    screen: reader,
    keepers,
    list,
    now: () => clock.now(),
    log,
  })
  const as: Cast['as'] = (user, { rows = 99, room, ...more } = {}) =>
    new Speaker(conversation, { user, ...more }, rows, room)
  return {
    conversation,
    clock,
    as,
    async program(workspace = 'w1') {
      const admin = as('admin', { workspace, managesWorkspace: true })
      await admin.slash('setup')
      const zone = 'America/New_York'
      await admin.fill({
        name: 'Evening program',
        country: 'US',
        law: 'unsure',
        language: 'en',
        zone,
        time: '9:00',
      })
      return admin
    },
    async member(user, more = {}) {
      const one = as(user, more)
      await one.slash('start')
      await one.press('I agree, let me in')
      return one
    },
  }
}

// The one way in: finds the person, checks who may, runs, and turns every failure into a kind sentence.
import type { Text } from '../words/text.ts'
import { languageOf, t, type Language } from '../words/text.ts'
import { Refusal } from '../words/refusal.ts'
import { decode, paramsOf, within, wholeForm, type Code } from './codec.ts'
import type { Action, Actor, Call, Command, Form, Hearer, Menu, Place, Pointed, Visitor } from './command.ts'
import { draftKeeper, type Drafts } from './drafts.ts'
import { commandIn, formIdOf, type Features } from './features.ts'
import type { Answers, Choice, Fields } from './field.ts'
import { open } from './open.ts'
import { between, openAgain, openLater, paged, pageOf, pagesIn } from './pages.ts'
import { isEmpty, parse, parseWords, type Problems, type Raw } from './parse.ts'
import { permits } from './permit.ts'
import { list, say, type Block, type Message, type OpenForm, type Reply } from './reply.ts'

type From = {
  readonly visitor: Visitor
  readonly place: Place
  /** How many rows a form of this platform can show. */
  readonly rows: number
}
export type Event = From & {
  /** The platform's own name for this delivery, the same when it delivers it again. */
  readonly key?: string
  /** The first ids that are made while this is worked on, so that working on it twice makes one thing. */
  readonly ids?: readonly string[]
  /** When it was said by the platform's clock, in milliseconds since 1970. */
  readonly saidAt?: number
  /** Words too old to be done as asked are screened alone; `quietly` says nothing unless something was found. */
  readonly only?: 'screened' | 'screened-quietly'
} & (
    | { readonly kind: 'command'; readonly name: string; readonly raw: Raw }
    /** Words after a command, or with no command the words of a direct message. */
    | { readonly kind: 'words'; readonly name?: string; readonly words: string }
    | { readonly kind: 'press'; readonly code: string; readonly chosen?: string }
    | { readonly kind: 'submit'; readonly code: string; readonly raw: Raw }
    | { readonly kind: 'menu'; readonly id: string; readonly pointed: Pointed }
  )

/** Problems of a form, for a platform whose dialog stays open; the message is for one whose dialog does not. */
export type FormProblems = {
  readonly kind: 'problems'
  readonly problems: Problems
  readonly message: Message
}
export type Answer = {
  readonly language: Language
  /** `again` for a delivery that was taken before: there is nothing to say. */
  readonly reply: Reply | FormProblems | { readonly kind: 'again' }
  /** An expected no, or a mistake of ours; absent when it went well. For whoever counts. */
  readonly ended?: 'refused' | 'failed'
}

/** Finds who an account is in the program of its workspace, or in the program named. Scoped, and honest about leaving. */
export type Directory = {
  find(visitor: Visitor, program: string | undefined, fresh: boolean): Promise<Actor | undefined>
}

/** The only words the kit's log accepts: names and references, never what a person wrote (SE-10). */
export type KitLog = (entry: {
  readonly what: 'handler-failed'
  readonly piece: string
  readonly reference: string
  readonly error: unknown
}) => void

export type DispatchOptions<App> = {
  readonly app: App
  /** The app, making these ids before new ones. */
  readonly withIds?: (ids: readonly string[]) => App
  readonly features: Features<App>
  readonly directory: Directory
  readonly drafts: Drafts
  readonly now: () => Date
  readonly today: (now: Date, zone: string) => string
  readonly reference: () => string
  readonly log: KitLog
  /** What somebody hears who does not take part yet and tries what members do. */
  readonly welcome: (call: Call<App, Actor | undefined>) => Reply | Promise<Reply>
  /** Something the person must be told beside what they asked, as that messages did not reach them. */
  readonly aside?: (call: Call<App, Actor>) => Promise<readonly Block[]>
  /**
   * Looks at free text before anything else is done with it, and stores what must reach people first (CR-3). What it
   * answers stands above the reply. It rejects only when that could not be stored: then nothing is done with the words.
   */
  readonly screen?: (
    call: Call<App, Actor>,
    texts: readonly string[],
    hearer: Hearer,
  ) => Promise<readonly Block[]>
  /** Whether a human is watching now, for every form in which somebody writes (C1, CR-12). Fast; it never rejects. */
  readonly watched?: (call: Call<App, Actor>) => Promise<Text | undefined>
  /** The command that answers words that are no command. */
  readonly home: string
}

type Piece<App> = Command<App> | Action<App> | Form<App> | Menu<App>
const patience = 700

/** A value within `ms`, or undefined: for what must answer though the database does not. */
export async function soon<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  try {
    return await Promise.race([work.catch(() => undefined), late])
  } finally {
    clearTimeout(timer)
  }
}

const stale = () => new Refusal(t('kit.stale'))

export function createDispatcher<App>(options: DispatchOptions<App>) {
  const { app, features, directory, now } = options
  const drafts = draftKeeper(options.drafts)

  const pieceOf = (id: string): Action<App> | Form<App> | undefined =>
    features.actions.get(id) ?? features.forms.get(id)

  async function callFor(
    event: From & Pick<Event, 'ids' | 'saidAt'>,
    piece: Piece<App>,
    program?: string,
  ): Promise<Call<App, Actor | undefined>> {
    // Rights over others are read afresh at every click; what a member does for themselves may come from memory (SE-7).
    const fresh = piece.permit !== 'member' && piece.permit !== 'anyone'
    const looking = directory.find(event.visitor, program, fresh)
    const actor = 'always' in piece && piece.always ? await soon(looking, patience) : await looking
    return {
      app: event.ids && options.withIds ? options.withIds(event.ids) : app,
      actor,
      visitor: event.visitor,
      place: event.place,
      now: now(),
      ...(event.saidAt !== undefined && { saidAt: new Date(event.saidAt) }),
      language: actor?.language ?? languageOf(event.visitor.locale),
    }
  }

  const allowed = (call: Call<App, Actor | undefined>, piece: Piece<App>): boolean => {
    if (piece.permit === 'anyone') return true
    if (call.actor === undefined) return false
    if (permits(piece.permit, call.actor.roles)) return true
    if (piece.permit === 'member') return false
    throw new Refusal(t(`kit.permit.${piece.permit}`))
  }

  const day = (call: Call<App, Actor | undefined>) => ({
    today: options.today(call.now, call.actor?.zone ?? call.visitor.zone ?? 'UTC'),
  })

  function formAgain(
    form: Form<App>,
    call: Call<App, Actor | undefined>,
    values: readonly string[],
    raw: Raw,
  ): OpenForm {
    const params = paramsOf(form.params, values)
    if (!params) throw stale()
    return open(form, call.actor, params, raw)
  }

  /** What stands above the reply to what somebody typed. */
  async function screened<F extends Fields>(
    {
      hears = 'private',
      unkept = false,
    }: Pick<Form<App, Actor | undefined, never, F>, 'hears'> & { readonly unkept?: boolean },
    fields: Fields,
    call: Call<App, Actor | undefined>,
    answers: Answers<F>,
  ): Promise<readonly Block[]> {
    if (!call.actor || !options.screen) return []
    const texts = Object.entries(answers).flatMap(([name, said]) =>
      isFreeText(fields, name) && typeof said === 'string' ? [said] : [],
    )
    if (texts.length === 0) return []
    const hearer = unkept ? 'unkept' : typeof hears === 'function' ? hears(answers, call.actor) : hears
    return options.screen({ ...call, actor: call.actor }, texts, hearer)
  }

  /** A command whose options are missing or wrong is asked again as a form of the same fields, filled with what fits. */
  async function runCommand(
    command: Command<App>,
    call: Call<App, Actor | undefined>,
    raw: Raw,
  ): Promise<Reply> {
    const read = parse(command.options, raw, day(call))
    if (read.ok) {
      const first = await screened(command, command.options, call, read.answers)
      return above(first, await command.run(call, read.answers))
    }
    const form = features.forms.get(formIdOf(command))
    if (!form) throw stale()
    const fits = Object.entries(raw).filter(([name]) => name in command.options && !(name in read.problems))
    // Words that were too long stay in the box, so that they can be shortened rather than written again.
    const words = Object.entries(raw).filter(
      ([name, said]) => isFreeText(command.options, name) && !isEmpty(said),
    )
    return open(form, call.actor, {}, Object.fromEntries([...fits, ...words]))
  }

  async function submit(
    form: Form<App>,
    call: Call<App, Actor | undefined>,
    event: From & { code: Code },
    values: readonly string[],
    page: number,
    raw: Raw,
    asIs: boolean,
  ): Promise<Reply | FormProblems> {
    const whole = wholeForm(event.code)
    const owner = { visitor: call.visitor, actor: call.actor, now: call.now }
    const form0 = formAgain(form, call, values, {})
    const of = pagesIn(form0.fields, event.rows)
    const before = of > 1 ? await drafts.get(owner, whole) : {}
    const all = { ...before, ...raw }
    const here = asIs || of === 1 ? form0.fields : pageOf(form0.fields, event.rows, page)
    const read = parse(here, all, day(call))
    const keep = async () => {
      if (form.unkept !== true) await drafts.put(owner, whole, all)
    }
    if (!read.ok) {
      await keep()
      const message = say(t('kit.problem.form'), list(sentences(here, read.problems)), openAgain(event.code))
      return { kind: 'problems', problems: read.problems, message }
    }
    if (!asIs && page < of - 1) {
      await keep()
      return between(whole, form0.fields, event.rows, page)
    }
    const complete = parse(form0.fields, all, day(call))
    const params = paramsOf(form.params, values)
    if (!complete.ok || !params) throw stale()
    try {
      const first = await screened(form, form0.fields, call, complete.answers)
      const reply = above(first, await form.run(call, complete.answers, params))
      if (of > 1 || Object.keys(before).length > 0) await drafts.drop(owner, whole)
      return reply
    } catch (error) {
      const field = error instanceof Refusal ? error.field : undefined
      // Whatever went wrong, what was typed is still there at the next try.
      await keep().catch(() => undefined)
      if (error instanceof Refusal && field !== undefined && field in form0.fields) {
        const message = say(error.text, openAgain(event.code))
        return { kind: 'problems', problems: { [field]: error.text }, message }
      }
      throw new Unfinished(error, event.code)
    }
  }

  async function run(
    event: Event,
  ): Promise<{ call: Call<App, Actor | undefined>; reply: Reply | FormProblems; piece: Piece<App> }> {
    if (event.kind === 'menu') {
      const menu = features.menus.get(event.id)
      if (!menu) throw stale()
      const call = await callFor(event, menu)
      return {
        call,
        piece: menu,
        reply: allowed(call, menu) ? await menu.run(call, event.pointed) : await options.welcome(call),
      }
    }
    if (event.kind === 'press' || event.kind === 'submit') {
      const code = decode(event.code)
      const piece = code && pieceOf(code.id)
      if (!code || !piece) throw stale()
      const call = await callFor(event, piece, code.program)
      if (!allowed(call, piece)) return { call, piece, reply: await options.welcome(call) }
      if (piece.kind === 'form') {
        if (event.kind === 'submit')
          return {
            call,
            piece,
            reply: await submit(piece, call, event, code.values, code.page, event.raw, false),
          }
        if (code.verb === 'save')
          return { call, piece, reply: await submit(piece, call, event, code.values, 0, {}, true) }
        const owner = { visitor: call.visitor, actor: call.actor, now: call.now }
        const kept = code.verb === 'open' ? await drafts.get(owner, wholeForm(event.code)) : {}
        return { call, piece, reply: paged(formAgain(piece, call, code.values, kept), event.rows, code.page) }
      }
      const params = paramsOf(piece.params, code.values)
      if (!params || event.kind === 'submit') throw stale()
      return { call, piece, reply: await piece.run(call, params, event.chosen) }
    }
    const worded = event.kind === 'words'
    const spoken = worded && event.name === undefined ? commandIn(features.commands, event.words) : undefined
    const command = spoken?.command ?? features.commands.get(event.name ?? options.home)
    if (!command) throw stale()
    const call = await callFor(event, command)
    if (!allowed(call, command)) return { call, piece: command, reply: await options.welcome(call) }
    const words = worded ? (spoken ? spoken.rest : event.name === undefined ? '' : event.words) : ''
    const raw = worded ? parseWords(command.options, words, day(call)) : event.raw
    const reply = await runCommand(command, call, raw)
    const unread = worded && event.name === undefined && !spoken && event.words.trim() !== ''
    if (!unread) return { call, piece: command, reply }
    return {
      call,
      piece: command,
      reply: above(await lookedAt(call, event.words), withNote(reply, t('kit.not-read'))),
    }
  }

  const lookedAt = async (call: Call<App, Actor | undefined>, words: string): Promise<readonly Block[]> =>
    call.actor && options.screen
      ? await options.screen({ ...call, actor: call.actor }, [words], 'private')
      : []

  /** Words that nobody heard when they were said, and that are too old to be done as asked. */
  async function onlyScreened(event: Event & { readonly kind: 'words' }): Promise<Answer> {
    const command = features.commands.get(options.home)
    if (!command) throw stale()
    const call = await callFor(event, command)
    const first = await lookedAt(call, event.words)
    const isQuiet = first.length === 0 && event.only === 'screened-quietly'
    const reply = finish(event, call, above(first, say(t('kit.late.old'))))
    return { language: call.language, reply: isQuiet ? { kind: 'again' } : reply }
  }

  /** A form in which somebody writes says who is watching just now. */
  async function watched(
    call: Call<App, Actor | undefined>,
    reply: Reply | FormProblems,
  ): Promise<Reply | FormProblems> {
    if (reply.kind !== 'form' || !call.actor || !options.watched) return reply
    if (!Object.keys(reply.fields).some((name) => isFreeText(reply.fields, name))) return reply
    const said = await soon(options.watched({ ...call, actor: call.actor }), patience)
    return said
      ? { ...reply, readers: t('kit.readers.watched', { readers: reply.readers, watched: said }) }
      : reply
  }

  const finish = (
    event: Event,
    call: Call<App, Actor | undefined>,
    reply: Reply | FormProblems,
  ): Reply | FormProblems => {
    const program = event.place.kind === 'direct' ? call.actor?.programId : undefined
    const shown = reply.kind === 'form' && !reply.page ? paged(reply, event.rows, 0) : reply
    return program === undefined ? shown : mapCodes(shown, (code) => within(code, program))
  }

  function failed(event: Event, error: unknown): Pick<Answer, 'ended'> & { readonly reply: Message } {
    const cause = error instanceof Unfinished ? error.cause : error
    const again = error instanceof Unfinished ? [t('kit.kept'), openAgain(error.code)] : []
    if (cause instanceof Refusal) return { ended: 'refused', reply: say(cause.text, ...again) }
    const reference = options.reference()
    options.log({ what: 'handler-failed', piece: pieceName(event), reference, error: cause })
    return { ended: 'failed', reply: say(t('kit.failed', { reference }), ...again) }
  }

  return {
    features,
    /** Never rejects. */
    async dispatch(event: Event): Promise<Answer> {
      try {
        if (event.kind === 'words' && event.only) return await onlyScreened(event)
        const { call, reply } = await run(event)
        const aside =
          call.actor && options.aside
            ? await soon(options.aside({ ...call, actor: call.actor }), patience)
            : []
        const shown =
          reply.kind === 'message' && aside?.length
            ? { ...reply, blocks: [...reply.blocks, ...aside] }
            : reply
        return { language: call.language, reply: finish(event, call, await watched(call, shown)) }
      } catch (error) {
        const actor = await soon(directory.find(event.visitor, undefined, false), patience)
        return {
          language: actor?.language ?? languageOf(event.visitor.locale),
          ...failed(event, error),
        }
      }
    },
    /** For a platform that could not open the form in time: a private message with a button that does. */
    async openLater(event: Event, form: OpenForm): Promise<Message> {
      const actor = await soon(directory.find(event.visitor, decode(form.code)?.program, false), patience)
      if (Object.keys(form.filled).length > 0)
        await drafts
          .put({ visitor: event.visitor, actor, now: now() }, wholeForm(form.code), form.filled)
          .catch(() => undefined)
      return openLater(form.code)
    },
    /** Completions for a field; empty rather than an error. */
    async suggest(
      event: From & {
        readonly command?: string
        readonly code?: string
        readonly field: string
        readonly typed: string
      },
    ): Promise<{ language: Language; choices: readonly Choice[] }> {
      const code = event.code === undefined ? undefined : decode(event.code)
      const piece =
        event.command === undefined
          ? code && features.forms.get(code.id)
          : features.commands.get(event.command)
      const language = languageOf(event.visitor.locale)
      if (!piece?.suggest) return { language, choices: [] }
      try {
        const call = await callFor(event, piece, code?.program)
        if (piece.permit !== 'anyone' && !(call.actor && permits(piece.permit, call.actor.roles)))
          return { language, choices: [] }
        return {
          language: call.language,
          choices: (await piece.suggest(call, event.field, event.typed)).slice(0, 25),
        }
      } catch (error) {
        options.log({
          what: 'handler-failed',
          piece: pieceName({ ...event, kind: 'suggest' }),
          reference: options.reference(),
          error,
        })
        return { language, choices: [] }
      }
    },
  }
}

export type Dispatcher = Omit<ReturnType<typeof createDispatcher<unknown>>, 'features'> & {
  readonly features: Features<never>
}

/** A form's run that failed: what was typed is kept as a draft under the code. */
class Unfinished extends Error {
  readonly code: Code
  constructor(cause: unknown, code: Code) {
    super('a form did not finish', { cause })
    this.code = code
  }
}

const isFreeText = (fields: Fields, name: string): boolean =>
  ['text', 'paragraph'].includes(fields[name]?.kind ?? '')

const sentences = (fields: Fields, problems: Problems): Text[] =>
  Object.entries(problems).flatMap(([name, problem]) => {
    const label = fields[name]?.label
    return label ? [t('kit.problem.field', { label, problem })] : []
  })

/** Like `/checkin [mood] [note]`: what is required bare, what is optional in brackets. */
export const usage = (command: Pick<Command<never>, 'name' | 'options'>): string =>
  [
    `/${command.name}`,
    ...Object.entries(command.options as Fields).map(([name, field]) =>
      field.required ? name : `[${name}]`,
    ),
  ].join(' ')

const withNote = (reply: Reply, note: Text): Reply =>
  reply.kind === 'message' ? { ...reply, blocks: [{ kind: 'text', text: note }, ...reply.blocks] } : reply

/** A form that would open instead of the reply waits behind a button, so that what stands above it is read. */
function above(first: readonly Block[], reply: Reply): Reply {
  if (first.length === 0) return reply
  // Never in front of others: what is meant for a room goes there by the outbox.
  if (reply.kind === 'message') return { ...reply, audience: 'private', blocks: [...first, ...reply.blocks] }
  if (reply.kind === 'update')
    return { ...reply, message: { ...reply.message, blocks: [...first, ...reply.message.blocks] } }
  const later = openLater(reply.code)
  return { ...later, blocks: [...first, ...later.blocks] }
}

function mapMessage(message: Message, change: (code: Code) => Code): Message {
  return {
    ...message,
    blocks: message.blocks.map((block) => {
      if (block.kind === 'pick') return { ...block, code: change(block.code) }
      if (block.kind !== 'buttons') return block
      return {
        ...block,
        buttons: block.buttons.map((b) => (b.kind === 'button' ? { ...b, code: change(b.code) } : b)),
      }
    }),
  }
}

/** Names the program in every code of a message, for places where the platform does not. */
export const messageWithin = (message: Message, program: string): Message =>
  mapMessage(message, (code) => within(code, program))

function mapCodes(reply: Reply | FormProblems, change: (code: Code) => Code): Reply | FormProblems {
  switch (reply.kind) {
    case 'message':
      return mapMessage(reply, change)
    case 'update':
      return { ...reply, message: mapMessage(reply.message, change) }
    case 'form':
      return { ...reply, code: change(reply.code) }
    case 'problems':
      return { ...reply, message: mapMessage(reply.message, change) }
  }
}

function pieceName(event: {
  readonly kind: string
  readonly name?: string
  readonly command?: string
  readonly code?: string
  readonly id?: string
}): string {
  return `${event.kind}:${event.name ?? event.command ?? event.id ?? decode(event.code)?.id ?? '-'}`
}

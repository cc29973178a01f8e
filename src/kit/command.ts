// The pieces a feature is made of, as data: commands, actions, forms, message menus and notices.
import type { Language, Text } from '../words/text.ts'
import type { Params, ParamsSchema } from './codec.ts'
import type { Answers, Choice, Fields } from './field.ts'
import type { Raw } from './parse.ts'
import type { Permit, Role } from './permit.ts'
import type { Message, OpenForm, Reply } from './reply.ts'

/** A person as the program knows them, at this instant. */
export type Actor = {
  readonly personId: string
  readonly programId: string
  readonly roles: readonly Role[]
  readonly language: Language
  readonly zone: string
}

/** An account of a platform, as the platform itself vouches for it. Never a source of rights in the program. */
export type Visitor = {
  readonly platform: 'discord' | 'slack' | 'playground'
  /** Guild or team id; undefined in a direct message of a platform that does not say. */
  readonly workspace: string | undefined
  readonly user: string
  readonly name: string
  readonly locale?: string
  readonly zone?: string
  /** The platform says this account manages the workspace: enough to set a program up, once. */
  readonly managesWorkspace: boolean
}

export type Place = { readonly kind: 'direct' | 'room'; readonly room: string }

export type Call<App, A> = {
  readonly app: App
  readonly actor: A
  readonly visitor: Visitor
  readonly place: Place
  readonly now: Date
  /** When it was said, where the platform tells. */
  readonly saidAt?: Date
  readonly language: Language
}

/** What `suggest` hears: the field being typed in and the words so far. Answer at most 25, fast. */
export type Suggest<App, A> = (
  call: Call<App, A>,
  field: string,
  typed: string,
) => readonly Choice[] | Promise<readonly Choice[]>

/**
 * Who hears what is typed: its author alone, staff, staff in a case that takes the level of the words itself and may have no
 * name, a group, or nobody, as it is kept nowhere. Every free text is screened with this in mind; a handler that does not
 * say is `private` (CR-4).
 */
export type Hearer = 'private' | 'staff' | 'case' | 'group' | 'unkept'

type Runs<App, A, In extends readonly unknown[], Out> = (
  call: Call<App, A>,
  ...input: In
) => Out | Promise<Out>

export type Command<App, A extends Actor | undefined = Actor | undefined, F extends Fields = Fields> = {
  readonly kind: 'command'
  /** Lower case, at most 32 characters, the same on every platform. */
  readonly name: string
  /** The name where the platform can localise it. */
  readonly title: Text
  readonly description: Text
  readonly permit: Permit
  readonly options: F
  readonly suggest?: Suggest<App, A>
  /** Set when the answer may take long; such a command cannot open a form. Says how it is acknowledged. */
  readonly wait?: 'privately' | 'publicly'
  /** Answers even when the database does not (CR-1): the actor may then be unknown. */
  readonly always?: true
  readonly hears?: Hearer | ((answers: Answers<F>, actor: A) => Hearer)
  readonly run: Runs<App, A, [Answers<F>], Reply>
}

export type Action<App, A extends Actor | undefined = Actor | undefined, P extends Params = Params> = {
  readonly kind: 'action'
  /** Frozen: it lives on in messages already sent. */
  readonly id: string
  readonly permit: Permit
  readonly params: ParamsSchema & { readonly _output: P }
  readonly always?: true
  readonly run: Runs<App, A, [P, string | undefined], Reply>
}

export type Form<
  App,
  A extends Actor | undefined = Actor | undefined,
  P extends Params = Params,
  F extends Fields = Fields,
> = {
  readonly kind: 'form'
  readonly id: string
  readonly title: Text
  /** Who will read what is written here. */
  readonly readers: Text
  readonly permit: Permit
  readonly params: ParamsSchema & { readonly _output: P }
  /** What is typed here is kept nowhere, not even as a draft: written and let go. */
  readonly unkept?: true
  /** A function where a program chooses its own questions; it must read nothing slow. */
  readonly fields: F | ((actor: A, params: P) => F)
  readonly suggest?: Suggest<App, A>
  readonly hears?: Hearer | ((answers: Answers<F>, actor: A) => Hearer)
  readonly run: Runs<App, A, [Answers<F>, P], Reply>
}

/** A message as the platform names it: a pointer and, where the platform gives one, a link. */
export type Pointed = { readonly messageId: string; readonly room: string; readonly link?: string }

/** An entry in the menu that platforms show on a message. */
export type Menu<App, A extends Actor | undefined = Actor | undefined> = {
  readonly kind: 'menu'
  readonly id: string
  readonly title: Text
  readonly permit: Permit
  readonly run: Runs<App, A, [Pointed], Reply>
}

/** What is said without being asked, rendered when it is sent: the outbox keeps only its id and parameters. */
export type Notice<App, A extends Actor = Actor, P extends Params = Params> = {
  readonly kind: 'notice'
  readonly id: string
  /** Who it may be said to; somebody who is that no longer, or took their consent back, hears nothing. */
  readonly permit: Permit
  readonly params: ParamsSchema & { readonly _output: P }
  /** Undefined when there is nothing to say any more; the row then counts as expired. */
  readonly render: (
    call: {
      readonly app: App
      readonly actor: A | undefined
      readonly programId: string
      readonly now: Date
    },
    params: P,
  ) => Message | undefined | Promise<Message | undefined>
}

// oxlint-disable-next-line typescript/no-explicit-any -- a list of features holds handlers of every parameter type
export type Any = any
export type Feature<App> =
  | Command<App, Any, Any>
  | Action<App, Any, Any>
  | Form<App, Any, Any, Any>
  | Menu<App, Any>
  | Notice<App, Any, Any>

export type Opened = { readonly filled?: Raw }
export type { Message, OpenForm }

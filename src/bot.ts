// The kit bound to this app once, so that every handler is typed from its own literal.
import type { App } from './app.ts'
import type { Person } from './care/members/ports.ts'
import type { Params, ParamsSchema } from './kit/codec.ts'
import type { Action, Call, Command, Form, Menu, Notice } from './kit/command.ts'
import type { Answers, Fields } from './kit/field.ts'
import type { Permit } from './kit/permit.ts'
import type { Message, Reply } from './kit/reply.ts'

/** Only what anyone may do has to reckon with somebody the program does not know. */
type Who<P extends Permit> = P extends 'anyone' ? Person | undefined : Person
type Schema<P> = ParamsSchema & { readonly _output: P }

type CommandOf<P extends Permit, F extends Fields> = Omit<
  Command<App, Who<P>, F>,
  'kind' | 'permit' | 'run' | 'wait'
> & {
  readonly permit: P
}
type Run<P extends Permit, F extends Fields, R> = (
  call: Call<App, Who<P>>,
  answers: Answers<F>,
) => R | Promise<R>

/** A command that waits may be acknowledged before it answers, so it cannot open a form: the type says so. */
export function defineCommand<P extends Permit, const F extends Fields>(
  command: CommandOf<P, F> & { readonly wait: 'privately' | 'publicly'; readonly run: Run<P, F, Message> },
): Command<App, Who<P>, F>
export function defineCommand<P extends Permit, const F extends Fields>(
  command: CommandOf<P, F> & { readonly wait?: undefined; readonly run: Run<P, F, Reply> },
): Command<App, Who<P>, F>
export function defineCommand<P extends Permit, F extends Fields>(
  command: CommandOf<P, F> & {
    readonly wait?: 'privately' | 'publicly' | undefined
    readonly run: Run<P, F, Reply>
  },
): Command<App, Who<P>, F> {
  const { wait, ...rest } = command
  return wait === undefined ? { kind: 'command', ...rest } : { kind: 'command', ...rest, wait }
}

export const defineAction = <P extends Permit, Q extends Params>(
  action: Omit<Action<App, Who<P>, Q>, 'kind' | 'permit' | 'params'> & {
    readonly permit: P
    readonly params: Schema<Q>
  },
): Action<App, Who<P>, Q> => ({ kind: 'action', ...action })

export const defineForm = <P extends Permit, Q extends Params, const F extends Fields>(
  form: Omit<Form<App, Who<P>, Q, F>, 'kind' | 'permit' | 'params'> & {
    readonly permit: P
    readonly params: Schema<Q>
  },
): Form<App, Who<P>, Q, F> => ({ kind: 'form', ...form })

export const defineMenu = <P extends Permit>(
  menu: Omit<Menu<App, Who<P>>, 'kind' | 'permit'> & { readonly permit: P },
): Menu<App, Who<P>> => ({ kind: 'menu', ...menu })

export const defineNotice = <Q extends Params>(
  notice: Omit<Notice<App, Person, Q>, 'kind' | 'params'> & { readonly params: Schema<Q> },
): Notice<App, Person, Q> => ({ kind: 'notice', ...notice })

// Opening a form, as a reply.
import { encode, type Params } from './codec.ts'
import type { Actor, Form } from './command.ts'
import type { Fields } from './field.ts'
import type { Raw } from './parse.ts'
import type { OpenForm } from './reply.ts'

export function open<App, A extends Actor | undefined, P extends Params, F extends Fields>(
  form: Form<App, A, P, F>,
  actor: A,
  params: NoInfer<P>,
  filled: Raw = {},
): OpenForm {
  const fields = typeof form.fields === 'function' ? form.fields(actor, params) : form.fields
  const code = encode(form.id, form.params, params)
  return { kind: 'form', title: form.title, readers: form.readers, code, fields, filled }
}

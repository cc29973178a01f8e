// Long forms where a platform has few rows: shown in pages, with what was typed kept between them.
import { t } from '../words/text.ts'
import { atPage, reopen, saveAsIs, wholeForm, type Code } from './codec.ts'
import type { Fields } from './field.ts'
import type { Button, Message, OpenForm } from './reply.ts'
import { say } from './reply.ts'

export function pageOf(fields: Fields, rows: number, page: number): Fields {
  return Object.fromEntries(Object.entries(fields).slice(page * rows, (page + 1) * rows))
}
export const pagesIn = (fields: Fields, rows: number): number =>
  Math.max(1, Math.ceil(Object.keys(fields).length / rows))

/** The form as this platform can show it. */
export function paged(form: OpenForm, rows: number, page: number): OpenForm {
  const of = pagesIn(form.fields, rows)
  if (of === 1) return form
  return {
    ...form,
    code: atPage(form.code, page),
    fields: pageOf(form.fields, rows, page),
    page: { number: page + 1, of },
  }
}

const opens = (label: 'kit.form.again' | 'kit.form.open' | 'kit.form.back', code: Code): Button => ({
  kind: 'button',
  label: t(label),
  code: reopen(code),
  style: label === 'kit.form.back' ? 'plain' : 'main',
})

/** Said after a page that is not the last. */
export function between(code: Code, fields: Fields, rows: number, page: number): Message {
  const of = pagesIn(fields, rows)
  const next: Button = {
    kind: 'button',
    label: t('kit.form.next', { number: page + 2, of }),
    code: reopen(atPage(code, page + 1)),
    style: 'main',
  }
  const restOptional = Object.values(fields)
    .slice((page + 1) * rows)
    .every((field) => !field.required)
  const save: Button = { kind: 'button', label: t('kit.form.save'), code: saveAsIs(code), style: 'plain' }
  return say(
    t('kit.form.kept', { number: page + 1, of }),
    next,
    ...(restOptional ? [save] : []),
    opens('kit.form.back', atPage(code, page)),
  )
}

/** Said when a form comes too late to be opened by itself, or must be opened again. */
export const openLater = (code: Code): Message => say(t('kit.form.later'), opens('kit.form.open', code))
export const openAgain = (code: Code): Button => opens('kit.form.again', code)
export { wholeForm }

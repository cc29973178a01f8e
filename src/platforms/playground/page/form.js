// A form in a dialog. Problems appear beside their field, and what was typed stays, also when the dialog is closed.
import { askIn } from './api.js'
import { $, h } from './dom.js'
import { drawField } from './field.js'
import { show } from './log.js'
import { w } from './state.js'

const dialog = $('form')
const typed = new Map()
let open

const isEmpty = (value) => value === '' || (Array.isArray(value) && value.length === 0)
const read = () =>
  Object.fromEntries(
    open.fields.map((field) => [field.name, field.read()]).filter(([, value]) => !isEmpty(value)),
  )

/** `context` is the room it was asked for in and the message whose button opened it. */
export function openForm(form, context) {
  const values = { ...form.filled, ...typed.get(form.code) }
  open = { code: form.code, context }
  open.fields = form.fields.map((field) =>
    drawField(field, values[field.name], { ...context, code: form.code }),
  )
  $('form-title').textContent = form.title
  $('form-readers').textContent = form.readers
  $('form-problem').textContent = ''
  $('form-fields').replaceChildren(...open.fields.map(({ node }) => node))
  if (!dialog.open) dialog.showModal()
  dialog.querySelector('.fields').scrollTop = 0
  open.fields[0]?.focus()
}

function mark(problems) {
  for (const field of open.fields) field.mark(problems[field.name])
  $('form-problem').textContent = w('problems')
  open.fields.find(({ name }) => name in problems)?.focus()
}

async function submit(button) {
  const { code, context } = open
  const raw = read()
  typed.set(code, raw)
  button.disabled = true
  try {
    const shown = await askIn('submit', { code, raw, message: context.message }, context.room)
    if (shown.problems) return mark(shown.problems)
    typed.delete(code)
    if (!shown.form) dialog.close()
    show(shown, context)
  } catch (error) {
    $('form-problem').textContent = w(error.why ?? 'lost')
  } finally {
    button.disabled = false
  }
}

dialog.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault()
  void submit(event.submitter ?? h('button'))
})
$('form-cancel').addEventListener('click', () => dialog.close())
dialog.addEventListener('close', () => {
  // Closed by Escape or Cancel: the words are there at the next opening.
  if (open && typed.get(open.code) !== undefined) typed.set(open.code, read())
  if (document.activeElement === document.body) $('words').focus()
})
dialog.addEventListener('cancel', () => open && typed.set(open.code, read()))

// One field of a form as an element that can be read, marked and focused.
import { askIn } from './api.js'
import { combobox } from './combobox.js'
import { h } from './dom.js'
import { state, w } from './state.js'

const direct = { date: 'date', time: 'time', whole: 'number', text: 'text' }

function plainInput({ kind, max, min }, id, value) {
  const limit = kind === 'text' ? {} : { min, max }
  const input = h('input', { id, type: direct[kind], value, ...limit })
  return { node: input, target: input, read: () => input.value }
}

function paragraph({ max }, id, value) {
  const input = h('textarea', { id, rows: 4 }, value ?? '')
  const left = h('p', { class: 'left' })
  const count = () => {
    const room = max - [...input.value].length
    left.textContent = room < 200 ? w('left', { count: room }) : ''
  }
  input.addEventListener('input', count)
  count()
  return { node: h('div', {}, input, left), target: input, read: () => input.value }
}

/** Radio buttons that look like what they are for: `steps`, `chips` or a plain column. */
function radios(look, name, choices, value, required) {
  const all = required ? choices : [...choices, { value: '', label: w('leave-out'), none: true }]
  const inputs = all.map((choice) =>
    h('input', {
      type: 'radio',
      name,
      value: choice.value,
      checked: String(value ?? '') === choice.value && (value !== undefined || !required),
    }),
  )
  const labels = all.map((choice, at) =>
    h('label', { class: choice.none ? 'none' : '' }, inputs[at], h('span', {}, choice.label)),
  )
  return {
    node: h('div', { class: look }, ...labels),
    target: inputs[0],
    read: () => inputs.find(({ checked }) => checked)?.value ?? '',
    group: true,
  }
}

function scale(field, id, value) {
  const steps = Array.from({ length: field.max - field.min + 1 }, (_, at) => String(field.min + at))
  const drawn = radios(
    'steps',
    id,
    steps.map((step) => ({ value: step, label: step })),
    value,
    field.required,
  )
  const ends = h(
    'p',
    { class: 'ends', 'aria-hidden': 'true' },
    `${field.min}: ${field.low} · ${field.max}: ${field.high}`,
  )
  const said = h('span', { class: 'hide' }, ` (${field.min}: ${field.low}, ${field.max}: ${field.high})`)
  return { ...drawn, node: h('div', {}, ends, drawn.node), said }
}

function select(choices, id, value, required) {
  const input = h(
    'select',
    { id },
    h('option', { value: '' }, required ? w('choose') : w('leave-out')),
    ...choices.map((choice) =>
      h('option', { value: choice.value, selected: choice.value === value }, choice.label),
    ),
  )
  return { node: input, target: input, read: () => input.value }
}

function several(choices, value) {
  const picked = Array.isArray(value) ? value : String(value ?? '').split(/[\s,]+/)
  const inputs = choices.map((choice) =>
    h('input', { type: 'checkbox', value: choice.value, checked: picked.includes(choice.value) }),
  )
  const labels = choices.map((choice, at) => h('label', {}, inputs[at], h('span', {}, choice.label)))
  const read = () => inputs.filter(({ checked }) => checked).map((input) => input.value)
  return { node: h('div', { class: 'chips' }, ...labels), target: inputs[0], read, group: true }
}

function search(field, id, value, context) {
  const input = h('input', { id, type: 'text', value, autocomplete: 'off' })
  const list = h('ul', {
    id: `${id}-matches`,
    class: 'matches inline',
    role: 'listbox',
    'aria-label': w('matches'),
    hidden: true,
  })
  // What a person reads may differ from what is meant by it.
  let meant
  input.addEventListener('input', () => (meant = undefined))
  combobox(input, list, {
    options: (typed) =>
      askIn(
        'suggest',
        { code: context.code, field: field.name, typed: typed.slice(0, 200) },
        context.room,
      ).catch(() => []),
    pick: (option) => {
      input.value = option.label
      meant = option.value
    },
  })
  return { node: h('div', { class: 'search' }, input, list), target: input, read: () => meant ?? input.value }
}

/** The bytes travel with the form, so they are read as soon as the file is chosen. */
function file(id) {
  const input = h('input', { id, type: 'file' })
  let chosen = ''
  input.addEventListener('change', () => {
    const [one] = input.files
    chosen = ''
    if (!one) return
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      chosen = { name: one.name, base64: reader.result.slice(reader.result.indexOf(',') + 1) }
    })
    reader.readAsDataURL(one)
  })
  return { node: input, target: input, read: () => chosen }
}

function control(field, id, value, context) {
  const everybody = () => state.people.map(({ user, name }) => ({ value: user, label: name }))
  switch (field.kind) {
    case 'text':
      return field.search ? search(field, id, value, context) : plainInput(field, id, value)
    case 'paragraph':
      return paragraph(field, id, value)
    case 'scale':
      return scale(field, id, value)
    case 'choice':
      return field.choices.length > 6
        ? select(field.choices, id, value, field.required)
        : radios('chips', id, field.choices, value, field.required)
    case 'choices':
      return several(field.choices, value)
    case 'file':
      return file(id)
    case 'person':
      return select(everybody(), id, value, field.required)
    case 'people':
      return several(everybody(), value)
    case 'room':
      return select(
        state.rooms.map(({ room, name }) => ({ value: room, label: name[state.language] })),
        id,
        value,
        field.required,
      )
    case 'flag': {
      const choices = [
        { value: 'true', label: w('yes') },
        { value: 'false', label: w('no') },
      ]
      return radios('chips', id, choices, value, field.required)
    }
    default:
      return plainInput(field, id, value)
  }
}

export function drawField(field, value, context) {
  const id = `field-${field.name}`
  const drawn = control(field, id, value, context)
  const problem = h('p', { class: 'problem', id: `${id}-problem` })
  const hint = field.hint ? h('p', { class: 'hint', id: `${id}-hint` }, field.hint) : ''
  const label = [field.label, field.required ? '' : h('i', {}, w('optional')), drawn.said ?? '']
  const node = drawn.group
    ? h('fieldset', { class: 'field' }, h('legend', {}, ...label), hint, drawn.node, problem)
    : h('div', { class: 'field' }, h('label', { for: id }, ...label), hint, drawn.node, problem)
  const described = drawn.group ? node : drawn.target
  described.setAttribute('aria-describedby', `${field.hint ? `${id}-hint ` : ''}${id}-problem`)
  return {
    name: field.name,
    node,
    read: drawn.read,
    focus: () => drawn.target?.focus(),
    mark(words) {
      problem.textContent = words ?? ''
      node.classList.toggle('bad', words !== undefined)
      if (words === undefined) drawn.target?.removeAttribute('aria-invalid')
      else drawn.target?.setAttribute('aria-invalid', 'true')
    },
  }
}

// The line one types in: words, or a slash command with its options shown as one goes.
import { askIn } from './api.js'
import { combobox } from './combobox.js'
import { $, h } from './dom.js'
import { show } from './log.js'
import { state, w } from './state.js'
import { during, note } from './waiting.js'

const words = $('words')

const commandOf = (value) => {
  const [, name, rest] = /^\/([^\s]+)\s+([^]*)$/.exec(value) ?? []
  const command = state.commands.find((one) => one.name === name)
  return command && { command, rest }
}

/** The option being typed and its words so far: options come in order, or by name as `mood:7`. */
function optionAt({ command, rest }) {
  const pieces = rest.split(/\s+/)
  const last = pieces.at(-1)
  const [, named, said] = /^([a-z][\w-]*):(.*)$/i.exec(last) ?? []
  const byName = command.options.find(({ name }) => name === named)
  if (byName) return { option: byName, typed: said, from: rest.length - last.length }
  const taken = pieces
    .slice(0, -1)
    .filter((piece) => piece.includes(':'))
    .map((piece) => piece.split(':')[0])
  const open = command.options.filter(({ name }) => !taken.includes(name))
  const place = Math.min(pieces.length - 1 - taken.length, open.length - 1)
  const option = open[place]
  return option && { option, typed: last, from: rest.length - last.length }
}

const kindOf = ({ kind, min, max }) => (kind === 'whole' || kind === 'scale' ? `${min}–${max}` : '')

function drawHint() {
  const now = commandOf(words.value)
  $('hint').hidden = !now
  if (!now) return
  const at = optionAt(now)
  const chips = now.command.options.map((option) =>
    h(
      'span',
      { class: option === at?.option ? 'chip now' : 'chip' },
      option.name,
      kindOf(option) ? h('i', {}, kindOf(option)) : '',
      option.required ? '' : h('i', {}, w('optional')),
    ),
  )
  const about = at
    ? `${at.option.label}${at.option.hint ? `. ${at.option.hint}` : ''}`
    : now.command.description
  $('hint').replaceChildren(h('b', {}, `/${now.command.name}`), ...chips, h('p', {}, about))
}

const fitting = (choices, typed) =>
  choices.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(typed.toLowerCase()))

async function choicesOf(command, { option, typed }) {
  if (option.kind === 'text' && option.search)
    return askIn('suggest', { command: command.name, field: option.name, typed }).catch(() => [])
  if (option.choices) return fitting(option.choices, typed)
  if (option.kind === 'person' || option.kind === 'people')
    return fitting(
      state.people.map(({ user, name }) => ({ value: user, label: name })),
      typed,
    )
  return option.kind === 'room'
    ? fitting(
        state.rooms.map(({ room, name }) => ({ value: room, label: name[state.language] })),
        typed,
      )
    : []
}

async function options(value) {
  if (!value.startsWith('/')) return []
  const now = commandOf(value)
  if (!now) {
    const said = value.slice(1).toLowerCase()
    return state.commands
      .filter(({ name, title }) => name.startsWith(said) || title.toLowerCase().startsWith(said))
      .map(({ name, description }) => ({ label: `/${name}`, detail: description, line: `/${name} ` }))
  }
  const at = optionAt(now)
  if (!at) return []
  const before = `/${now.command.name} ${now.rest.slice(0, at.from)}`
  return (await choicesOf(now.command, at)).map((choice) => ({
    label: choice.label,
    line: `${before}${/\s/.test(choice.value) ? choice.value : `${at.option.name}:${choice.value}`} `,
  }))
}

const isWhole = (value) =>
  state.commands.some(({ name }) => value.trim() === `/${name}`) || commandOf(value) !== undefined

function grow() {
  words.style.height = 'auto'
  words.style.height = `${Math.min(words.scrollHeight, 180)}px`
}
function set(value) {
  words.value = value
  grow()
  drawHint()
}

const matches = combobox(words, $('matches'), {
  options,
  pick: ({ line }) => {
    set(line)
    void matches.refresh()
  },
  keepEnter: isWhole,
})

async function send() {
  const said = words.value.trim()
  if (said === '') return
  const { room } = state
  set('')
  matches.close()
  note('')
  const shown = await during(askIn('say', { words: said }, room))
  // Nothing typed is lost when nobody answers.
  if (shown === undefined && words.value === '') set(said)
  show(shown, { room })
}

words.addEventListener('input', () => {
  grow()
  drawHint()
})
words.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  void send()
})
$('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  void send()
  words.focus()
})
$('slash').addEventListener('click', () => {
  set('/')
  words.focus()
  void matches.refresh()
})

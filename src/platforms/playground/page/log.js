// The messages of the room that is open, and what pressing their buttons does.
import { askIn } from './api.js'
import { $, h } from './dom.js'
import { openForm } from './form.js'
import { drawDay, drawMessage } from './message.js'
import { state, w } from './state.js'
import { during, note } from './waiting.js'

const log = $('log')

/** What a request answered beside the messages that come by the stream. */
export function show(shown, context) {
  if (shown?.form) openForm(shown.form, context)
}

function actFor(message) {
  const context = { room: message.room, message: message.id }
  const run = (path, body) => async (button) => {
    button?.setAttribute('aria-busy', 'true')
    note('')
    const shown = await during(askIn(path, { ...body, message: message.id }, message.room))
    button?.removeAttribute('aria-busy')
    show(shown, context)
  }
  return {
    press: (code, chosen, button) => run('press', { code, chosen })(button),
    menu: (id, button) => {
      button.closest('details').open = false
      return run('menu', { id })(button)
    },
  }
}

const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 160
/** To the newest message: to its end, or to its beginning where it is longer than the screen. */
function toEnd() {
  log.scrollTop = log.scrollHeight
  const last = log.lastElementChild
  if (last && last.offsetHeight > log.clientHeight) log.scrollTop = last.offsetTop - log.offsetTop
}

function append(message) {
  log.querySelector('.empty')?.remove()
  const day = drawDay(message.at)
  const last = [...log.querySelectorAll('.day')].at(-1)
  if (last?.dataset.day !== day.dataset.day) log.append(day)
  log.append(drawMessage(message, actFor(message)))
}

/** Adds a message, or puts it in the place of the one with its id. */
export function put(message) {
  const old = log.querySelector(`[data-id="${CSS.escape(message.id)}"]`)
  const follow = nearEnd() || message.from === state.me.user
  if (old) {
    const focused = old.contains(document.activeElement)
    const next = drawMessage(message, actFor(message))
    old.replaceWith(next)
    // The button that was pressed is gone; the reader stays where they were.
    if (focused) (next.querySelector('button, a') ?? $('words')).focus({ preventScroll: true })
  } else append(message)
  if (follow) toEnd()
}

export function remove(id) {
  log.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove()
}

function drawEmpty() {
  const direct = state.room === state.me.room
  const tries = state.commands.slice(0, 4).map(({ name, description }) => {
    const use = () => {
      $('words').value = `/${name} `
      $('words').focus()
      $('words').dispatchEvent(new Event('input'))
    }
    return h(
      'li',
      {},
      h('button', { type: 'button', on: { click: use } }, h('b', {}, `/${name}`), h('span', {}, description)),
    )
  })
  return h(
    'li',
    { class: 'empty' },
    h('img', { src: '/page/mark.svg', alt: '', width: 72, height: 72 }),
    h('p', {}, w(direct ? 'empty-direct' : 'empty-room')),
    direct ? h('ul', { 'aria-label': w('try') }, ...tries) : '',
  )
}

/** Draws the open room from the start, without reading all of it aloud. */
export function redraw() {
  log.setAttribute('aria-live', 'off')
  log.replaceChildren()
  const here = [...state.messages.values()].filter(({ room }) => room === state.room)
  here.forEach(append)
  if (here.length === 0) log.append(drawEmpty())
  toEnd()
  requestAnimationFrame(() => log.setAttribute('aria-live', 'polite'))
}

// A picture grows the log when it is drawn.
log.addEventListener('load', () => nearEnd() && toEnd(), true)

// One message as an element: words as text, blocks as the kit describes them.
import { h, icon } from './dom.js'
import { state, w } from './state.js'

const time = (at) =>
  new Intl.DateTimeFormat(state.language, { timeStyle: 'short', timeZone: state.zone }).format(new Date(at))

function drawButton(button, act) {
  if (button.kind === 'link')
    return h(
      'a',
      { class: 'button', href: button.url, target: '_blank', rel: 'noopener noreferrer' },
      button.label,
      icon('out'),
    )
  const press = ({ currentTarget }) => act.press(button.code, undefined, currentTarget)
  return h('button', { type: 'button', class: button.style, on: { click: press } }, button.label)
}

function drawPick({ label, code, choices }, act) {
  const select = h(
    'select',
    { 'aria-label': label },
    h('option', { value: '' }, label),
    ...choices.map((choice) => h('option', { value: choice.value }, choice.label)),
  )
  const press = ({ currentTarget }) =>
    select.value ? act.press(code, select.value, currentTarget) : select.focus()
  return h('div', { class: 'pick' }, select, h('button', { type: 'button', on: { click: press } }, w('pick')))
}

/** Every second piece is bold. */
const said = (pieces) => pieces.map((piece, at) => (at % 2 === 1 ? h('b', {}, piece) : piece))

function drawBlock(block, act) {
  switch (block.kind) {
    case 'heading':
      return h('h3', {}, ...said(block.text))
    case 'text':
      return h('p', {}, ...said(block.text))
    case 'small':
      return h('p', { class: 'fine' }, ...said(block.text))
    case 'quote':
      return h('blockquote', {}, block.words)
    case 'list':
      return h('ul', {}, ...block.items.map((item) => h('li', {}, ...said(item))))
    case 'picture':
      return h('img', { src: block.src, alt: block.alt, width: 800, height: 400 })
    case 'file':
      return h('p', {}, h('a', { class: 'button', href: block.href, download: block.name }, block.label))
    case 'buttons':
      return h('div', { class: 'buttons' }, ...block.buttons.map((button) => drawButton(button, act)))
    case 'pick':
      return drawPick(block, act)
  }
}

export function avatar(person) {
  if (!person) return h('img', { class: 'avatar', src: '/page/mark.svg', alt: '' })
  const tone = state.people.indexOf(person) % 6
  return h('span', { class: `avatar tone-${tone}`, 'aria-hidden': 'true' }, person.name.slice(0, 1))
}

function menuFor(act) {
  if (state.menus.length === 0) return ''
  const entries = state.menus.map(({ id, title }) =>
    h('button', { type: 'button', on: { click: ({ currentTarget }) => act.menu(id, currentTarget) } }, title),
  )
  const close = (details) => (details.open = false)
  const on = {
    focusout: ({ currentTarget, relatedTarget }) =>
      !currentTarget.contains(relatedTarget) && close(currentTarget),
    keydown: ({ key, currentTarget }) => {
      if (key !== 'Escape') return
      close(currentTarget)
      currentTarget.firstElementChild.focus()
    },
  }
  return h(
    'details',
    { class: 'menu', on },
    h('summary', { 'aria-label': w('more'), title: w('more') }, icon('dots')),
    h('div', {}, ...entries),
  )
}

/** `act` says what its buttons and its menu do. */
export function drawMessage(message, act) {
  const person = state.people.find(({ user }) => user === message.from)
  const mine = message.from === state.me.user
  const inRoom = state.rooms.some(({ room }) => room === message.room)
  const { words, blocks } = message.body
  const head = h(
    'p',
    { class: 'head' },
    h('b', {}, person?.name ?? 'Handrail'),
    person ? '' : h('span', { class: 'tag' }, w('bot')),
    h('time', { datetime: message.at }, time(message.at)),
    message.edited ? h('span', {}, w('edited')) : '',
  )
  const body = h(
    'div',
    { class: 'body' },
    ...(words === undefined ? blocks.map((block) => drawBlock(block, act)) : [h('p', {}, words)]),
  )
  const secret = message.onlyFor && inRoom ? h('p', { class: 'secret' }, icon('eye'), w('only-you')) : ''
  return h(
    'li',
    { class: `message${mine ? ' mine' : ''}${person ? '' : ' bot'}`, 'data-id': message.id },
    mine ? '' : avatar(person),
    h('div', { class: 'bubble' }, head, body, secret),
    menuFor(act),
  )
}

export function drawDay(at) {
  const day = new Intl.DateTimeFormat(state.language, { dateStyle: 'full', timeZone: state.zone }).format(
    new Date(at),
  )
  return h('li', { class: 'day', 'data-day': day }, h('span', {}, day))
}

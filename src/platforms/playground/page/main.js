// Who one is and where: the side of the page, and what reaches it while it is open.
import { ask, follow, start } from './api.js'
import { drawClock } from './clock.js'
import './composer.js'
import { $, h } from './dom.js'
import { put, redraw, remove } from './log.js'
import { avatar } from './message.js'
import { memory, setNow, state, w } from './state.js'
import { during, lost, quietly } from './waiting.js'

const places = () => [
  { room: state.me.room, name: w('direct'), direct: true },
  ...state.rooms.map(({ room, name }) => ({ room, name: name[state.language] })),
]

function drawPlaces() {
  $('places').replaceChildren(
    ...places().map(({ room, name, direct }) => {
      const count = state.unread.get(room) ?? 0
      const badge =
        count > 0
          ? h(
              'span',
              { class: 'badge' },
              h('span', { 'aria-hidden': 'true' }, String(count)),
              h('span', { class: 'hide' }, w('unread', { count })),
            )
          : ''
      const sign = direct
        ? h('img', { class: 'avatar', src: '/page/mark.svg', alt: '' })
        : h('span', { class: 'hash', 'aria-hidden': 'true' }, '#')
      const current = room === state.room ? 'page' : undefined
      return h(
        'li',
        {},
        h(
          'button',
          { type: 'button', 'aria-current': current, on: { click: () => go(room) } },
          sign,
          h('span', {}, name),
          badge,
        ),
      )
    }),
  )
  const here = places().find(({ room }) => room === state.room)
  $('room').textContent = here.direct ? here.name : `# ${here.name}`
  $('room-about').textContent = w(here.direct ? 'direct-about' : 'room-about')
  document.title = `${here.name} · Handrail`
}

function drawPeople() {
  $('people').replaceChildren(
    ...state.people.map((person) => {
      const about = h('small', {}, person.about[state.language])
      const current = person === state.me ? 'true' : undefined
      return h(
        'li',
        {},
        h(
          'button',
          { type: 'button', 'aria-current': current, on: { click: () => become(person) } },
          avatar(person),
          h('span', {}, person.name, about),
        ),
      )
    }),
  )
}

function drawWords() {
  document.documentElement.lang = state.language
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = w(node.dataset.word)
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', w(node.dataset.label))
    if (node.matches('button')) node.title = w(node.dataset.label)
  }
  for (const node of document.querySelectorAll('[data-placeholder]'))
    node.placeholder = w(node.dataset.placeholder)
}

function drawAll() {
  drawWords()
  drawPlaces()
  drawPeople()
  drawClock()
  redraw()
}

function go(room) {
  state.room = room
  state.unread.delete(room)
  drawPlaces()
  redraw()
  if ($('side').matches(':popover-open')) $('side').hidePopover()
  $('words').focus()
}

/** Roles, commands and zone may change with anything a person does. */
async function learn(waiting = during) {
  const me = state.me
  const able = await waiting(ask('abilities', {}))
  if (!able || me !== state.me) return
  Object.assign(state, able)
  if (state.room !== me.room && !state.rooms.some(({ room }) => room === state.room)) go(me.room)
  else drawPlaces()
  drawClock()
}
let learning
const learnSoon = () => {
  clearTimeout(learning)
  learning = setTimeout(() => void learn(quietly), 300)
}

async function become(person) {
  state.me = person
  state.room = person.room
  state.messages.clear()
  state.unread.clear()
  $('log').setAttribute('aria-busy', 'true')
  memory.set('me', person.user)
  await learn()
  if (person !== state.me) return
  drawAll()
  follow(person.user, {
    broken: lost,
    history: ({ messages, now }) => {
      lost(undefined)
      state.messages = new Map(messages.map((message) => [message.id, message]))
      setNow(now)
      drawClock()
      redraw()
      $('log').removeAttribute('aria-busy')
    },
    removed: ({ id }) => {
      state.messages.delete(id)
      remove(id)
    },
    message: ({ message }) => {
      const isNew = !state.messages.has(message.id)
      state.messages.set(message.id, message)
      learnSoon()
      if (message.room === state.room) return put(message)
      if (isNew) state.unread.set(message.room, (state.unread.get(message.room) ?? 0) + 1)
      drawPlaces()
    },
    clock: ({ now }) => {
      setNow(now)
      drawClock()
    },
  })
  if ($('side').matches(':popover-open')) $('side').hidePopover()
  if (!matchMedia('(pointer: coarse)').matches) $('words').focus()
}

async function speak(language) {
  state.language = language
  memory.set('language', language)
  await learn()
  drawAll()
}

for (const input of document.querySelectorAll('[name=language]'))
  input.addEventListener('change', () => void speak(input.value))

const found = await during(start())
if (found) {
  Object.assign(state, found)
  state.language = memory.get('language') ?? (navigator.language.startsWith('es') ? 'es' : 'en')
  document.querySelector(`[name=language][value=${state.language}]`).checked = true
  await become(state.people.find(({ user }) => user === memory.get('me')) ?? state.people[0])
}

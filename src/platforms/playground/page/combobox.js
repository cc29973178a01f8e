// Suggestions under an input, in the pattern screen readers know: the focus stays in the input.
import { h } from './dom.js'

/** `options` answers what fits the words typed: `{ label, detail, ... }`; `pick` takes one of them. */
export function combobox(input, list, { options, pick, keepEnter = () => false }) {
  let shown = []
  let active = -1
  let moved = false
  let turn = 0
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  }))
    input.setAttribute(name, value)

  function draw() {
    list.hidden = shown.length === 0
    input.setAttribute('aria-expanded', String(shown.length > 0))
    list.replaceChildren(
      ...shown.map((option, at) =>
        h(
          'li',
          {
            role: 'option',
            id: `${list.id}-${at}`,
            'aria-selected': String(at === active),
            // The input would lose the focus before the click is heard.
            on: { mousedown: (event) => event.preventDefault(), click: () => choose(at) },
          },
          h('b', {}, option.label),
          option.detail ? h('span', {}, option.detail) : '',
        ),
      ),
    )
    if (active < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `${list.id}-${active}`)
    list.children[active]?.scrollIntoView({ block: 'nearest' })
  }
  function close() {
    turn++
    shown = []
    active = -1
    draw()
  }
  function choose(at) {
    const option = shown[at]
    close()
    pick(option)
    input.focus()
  }
  async function refresh() {
    const mine = ++turn
    const found = await options(input.value)
    if (mine !== turn) return
    shown = found
    active = found.length > 0 ? 0 : -1
    moved = false
    draw()
  }
  const step = (by) => {
    active = (active + by + shown.length) % shown.length
    moved = true
    draw()
  }
  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Tab: () => choose(active),
    Enter: () => choose(active),
    Escape: close,
  }
  input.addEventListener('keydown', (event) => {
    const act = shown.length > 0 && !event.shiftKey ? keys[event.key] : undefined
    if (!act || (event.key === 'Enter' && !moved && keepEnter(input.value))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    act()
  })
  input.addEventListener('input', () => void refresh())
  input.addEventListener('blur', close)
  return { refresh, close }
}

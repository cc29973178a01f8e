// Says that an answer takes a moment, and what is wrong when none comes.
import { $, h } from './dom.js'
import { w } from './state.js'

let pending = 0
let timer
let isSaid = false

function drawWaiting() {
  clearTimeout(timer)
  if (pending > 0) timer = setTimeout(() => note(w('waiting'), true), 500)
  else if (isSaid) note('')
}

/** Words below the messages. */
export function note(words, isWaiting = false) {
  $('waiting').textContent = words
  isSaid = isWaiting
}

export function lost(why) {
  $('lost').hidden = why === undefined
  if (why === undefined) return
  const reload = h('button', { type: 'button', on: { click: () => location.reload() } }, w('reload'))
  $('lost').replaceChildren(w(why), ' ', reload)
}

/** The answer, or undefined after saying why there is none; for what nobody waits for. */
export async function quietly(asking) {
  try {
    const answer = await asking
    lost(undefined)
    return answer
  } catch (error) {
    lost(error.why ?? 'lost')
    return undefined
  }
}

/** The same, for what somebody waits for. */
export async function during(asking) {
  pending++
  drawWaiting()
  try {
    return await quietly(asking)
  } finally {
    pending--
    drawWaiting()
  }
}

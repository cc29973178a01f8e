// Says that an answer takes a moment, and what is wrong when none comes.
import { $, h } from './dom.js'
import { w } from './state.js'

let pending = 0
let timer

function drawWaiting() {
  clearTimeout(timer)
  if (pending === 0) $('waiting').textContent = ''
  else timer = setTimeout(() => ($('waiting').textContent = w('waiting')), 500)
}

export function lost(why) {
  $('lost').hidden = why === undefined
  if (why === undefined) return
  const reload = h('button', { type: 'button', on: { click: () => location.reload() } }, w('reload'))
  $('lost').replaceChildren(w(why), ' ', reload)
}

/** The answer, or undefined after saying why there is none. */
export async function during(asking) {
  pending++
  drawWaiting()
  try {
    const answer = await asking
    lost(undefined)
    return answer
  } catch (error) {
    lost(error.why ?? 'lost')
    return undefined
  } finally {
    pending--
    drawWaiting()
  }
}

// What the page asks the program, and how it hears what happens.
import { browserZone, state } from './state.js'

const token = document.querySelector('meta[name=handrail-token]').content

export class Unanswered extends Error {
  constructor(why) {
    super(why)
    this.why = why
  }
}

async function request(path, options) {
  let response
  try {
    response = await fetch(`/api/${path}`, { ...options, headers: { 'x-handrail-token': token } })
  } catch {
    throw new Unanswered('lost')
  }
  if (response.ok) return response.json()
  throw new Unanswered(response.status < 500 ? 'stale' : 'lost')
}

export const start = () => request('start', {})

const me = () => ({ as: state.me.user, language: state.language, zone: browserZone })
export const ask = (path, body) =>
  request(path, { method: 'POST', body: JSON.stringify({ ...me(), ...body }) })
/** The same, said in the room that is open or in the one given. */
export const askIn = (path, body, room = state.room) => ask(path, { room, ...body })

let source
/** Follows what this person may see; called again for another person. `broken` hears why it stopped. */
export function follow(user, { broken, ...on }) {
  source?.close()
  const stream = new EventSource(`/api/live?${new URLSearchParams({ as: user, token })}`)
  source = stream
  for (const [name, listener] of Object.entries(on))
    stream.addEventListener(name, ({ data }) => listener(JSON.parse(data)))
  // A stream that was refused does not try again: the playground is another one by now.
  stream.onerror = () => broken(stream.readyState === EventSource.CLOSED ? 'stale' : 'lost')
}

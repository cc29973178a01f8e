// What the page knows. Every other module reads from here; only main.js changes who and where one is.
export const state = {
  words: {},
  people: [],
  rooms: [],
  language: 'en',
  me: undefined,
  room: undefined,
  messages: new Map(),
  unread: new Map(),
  commands: [],
  menus: [],
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  /** How far the program's clock is ahead of this browser's. */
  ahead: 0,
}

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone
/** What the program's clock says at this moment. */
export function setNow(said) {
  state.ahead = new Date(said).getTime() - Date.now()
}
export const now = () => new Date(Date.now() + state.ahead)

/** A sentence of the page in its language, with its gaps filled. */
export function w(key, gaps = {}) {
  const sentence = state.words[`playground.page.${key}`]?.[state.language] ?? key
  return sentence.replaceAll(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap)
}

/** Settings are remembered where the browser allows it. */
export const memory = {
  get: (key) => {
    try {
      return localStorage.getItem(`handrail.${key}`) ?? undefined
    } catch {
      return undefined
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(`handrail.${key}`, value)
    } catch {
      // Private windows may refuse; nothing depends on it.
    }
  },
}

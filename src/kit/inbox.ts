// Before the dispatcher: each delivery is worked on once, and what somebody wrote outlives a crash (RE-1, RE-2).
import type { Actor } from './command.ts'
import { decode } from './codec.ts'
import { soon, type Answer, type Directory, type Dispatcher, type Event } from './dispatch.ts'
import { type Message } from './reply.ts'
import { isUpload } from './upload.ts'

type Owner = Pick<Actor, 'programId' | 'personId'>

/** Implemented by the store. */
export type Received = {
  /** False when the key is known. `unfinished` is sealed under its owner's key until it is done. */
  take(
    key: string,
    at: Date,
    unfinished?: { readonly owner: Owner; readonly words: string; readonly until: Date },
  ): Promise<boolean>
  done(key: string): Promise<void>
  /** What nobody works on any more, oldest first and without what is `inHand`; it is the caller's until `until`. */
  claim(
    now: Date,
    until: Date,
    most: number,
    inHand: readonly string[],
  ): Promise<
    readonly {
      readonly key: string
      readonly at: Date
      readonly owner: Owner
      readonly words: string
      /** How often it was claimed before. */
      readonly tries: number
    }[]
  >
  /** Forgets keys of finished deliveries. */
  prune(before: Date): Promise<void>
}

export type InboxParts = {
  readonly dispatcher: Dispatcher
  readonly directory: Directory
  readonly received: Received
  readonly now: () => Date
  readonly newId: () => string
  /** Brings somebody the answer to what was finished late; undefined when it could not be finished. */
  readonly tell: (owner: Owner, key: string, answer: Message | undefined, now: Date) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** Longer than any handler takes: whoever has not finished by then is gone. */
const workMs = 20_000
/** An answer that people wait for does not wait longer than this for the disk. */
const patienceMs = 600
/** A platform repeats a delivery for an hour at most; a stolen one may come later. */
const keptMs = 25 * 3_600_000
const mostTries = 5
const atOnce = 20
/** A command makes no more rows than that. */
const idsKept = 4

const hasUpload = (raw: object): boolean => Object.values(raw).some(isUpload)

/** Whether somebody wrote or chose something here that would be lost; a file is the platform's to keep. */
function saysSomething(event: Event, features: Dispatcher['features']): boolean {
  switch (event.kind) {
    case 'words':
      return event.words.trim() !== ''
    case 'command':
      return Object.values(event.raw).some((said) => typeof said === 'string') && !hasUpload(event.raw)
    case 'submit': {
      const form = features.forms.get(decode(event.code)?.id ?? '')
      return form !== undefined && form.unkept !== true && !hasUpload(event.raw)
    }
    case 'press':
    case 'menu':
      return false
  }
}

export function inboxOf({ dispatcher, directory, received, now, newId, tell, onError }: InboxParts) {
  async function take(event: Event, key: string): Promise<boolean> {
    const at = now()
    if (!saysSomething(event, dispatcher.features)) return received.take(key, at)
    const program = event.kind === 'submit' ? decode(event.code)?.program : undefined
    const owner = await directory.find(event.visitor, program, false)
    if (!owner) return received.take(key, at)
    const until = new Date(at.getTime() + workMs)
    return received.take(key, at, { owner, words: JSON.stringify(event), until })
  }

  async function messageOf(event: Event, { reply }: Answer): Promise<Message | undefined> {
    switch (reply.kind) {
      case 'message':
        return { ...reply, audience: 'private' }
      case 'update':
      case 'problems':
        return { ...reply.message, audience: 'private' }
      case 'form':
        return dispatcher.openLater(event, reply)
      case 'again':
        return undefined
    }
  }

  /** What this process works on itself: a clock that jumps does not make it somebody else's. */
  const inHand = new Set<string>()
  async function finish(taking: Promise<boolean>, key: string): Promise<void> {
    try {
      if (await taking) await received.done(key)
    } finally {
      inHand.delete(key)
    }
  }

  let pruneAt = 0
  return {
    dispatcher: {
      ...dispatcher,
      async dispatch(event: Event): Promise<Answer> {
        const { key } = event
        if (key === undefined) return dispatcher.dispatch(event)
        const first: Event = { ...event, ids: Array.from({ length: idsKept }, newId) }
        if (inHand.has(key)) return { language: 'en', reply: { kind: 'again' } }
        inHand.add(key)
        const taking = take(first, key)
        try {
          const isFirst = await soon(taking, patienceMs)
          return isFirst === false
            ? { language: 'en', reply: { kind: 'again' } }
            : await dispatcher.dispatch(first)
        } finally {
          finish(taking, key).catch(onError)
        }
      },
    },

    /** Takes words that were said while nobody heard them; they are worked on at the next beat. Once for one key. */
    async late(event: Event, key: string): Promise<void> {
      const at = now()
      const owner = await directory.find(event.visitor, undefined, false)
      if (!owner || !saysSomething(event, dispatcher.features)) return
      const ids = Array.from({ length: idsKept }, newId)
      await received.take(key, at, { owner, words: JSON.stringify({ ...event, key, ids }), until: at })
    },

    /** Finishes what a process that is gone had taken, and tells its author in a direct message. */
    async run(at: Date): Promise<void> {
      const until = new Date(at.getTime() + workMs)
      const taken = await received.claim(at, until, atOnce, [...inHand])
      for (const { key, at: takenAt, owner, words, tries } of taken) {
        const event = { saidAt: takenAt.getTime(), ...(JSON.parse(words) as Event) }
        const answer = tries < mostTries ? await dispatcher.dispatch(event) : undefined
        if (answer?.reply.kind !== 'again')
          await tell(owner, key, answer && (await messageOf(event, answer)), at)
        await received.done(key)
      }
      if (at.getTime() < pruneAt) return
      pruneAt = at.getTime() + 3_600_000
      await received.prune(new Date(at.getTime() - keptMs))
    },
  }
}
export type Inbox = ReturnType<typeof inboxOf>

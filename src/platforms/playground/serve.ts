// The playground over HTTP, on loopback only: its page, what the page asks for, and a stream of what happens.
import { randomBytes, randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { catalogue } from '../../words/catalogue.ts'
import { Refusal } from '../../words/refusal.ts'
import { render } from '../../words/render.ts'
import { clockWish, wishedInstant } from './clock.ts'
import { pageFiles } from './files.ts'
import { headers, onlyThisHost, withToken } from './guard.ts'
import { limits } from './limits.ts'
import { directRoom } from './people.ts'
import type { Me, Playground } from './playground.ts'

const id = z.string().max(200)
const who = { as: id, language: z.enum(['en', 'es']), zone: z.string().max(64) }
const where = { ...who, room: id }
const asks = {
  person: z.object(who),
  say: z.object({ ...where, words: z.string().trim().min(1).max(limits.words) }),
  press: z.object({ ...where, code: id, chosen: z.string().max(500).optional(), message: id.optional() }),
  submit: z.object({ ...where, code: id, raw: z.record(z.string(), z.unknown()), message: id.optional() }),
  menu: z.object({ ...where, id, message: id }),
  suggest: z.object({ ...where, command: id.optional(), code: id.optional(), field: id, typed: id }),
  clock: z.object({ ...who, wish: clockWish }),
}

/** Sentences of the page itself, with their gaps still open. */
const pageWords = Object.fromEntries(
  Object.entries(catalogue).filter(([key]) => key.startsWith('playground.page.')),
)

class NotFound extends Error {}

async function playgroundApp(playground: Playground): Promise<Hono> {
  const files = await pageFiles()
  const token = randomBytes(24).toString('base64url')
  const app = new Hono()
  const { chat } = playground

  function meOf({ as, language, zone }: z.infer<typeof asks.person>): Me {
    const person = chat.person(as)
    if (!person || !Intl.supportedValuesOf('timeZone').concat('UTC').includes(zone)) throw new NotFound()
    return { person, language, zone }
  }
  /** Somebody who is in the room they speak of; a room they cannot see does not exist for them. */
  function memberOf(asked: z.infer<typeof asks.person> & { readonly room: string }): Me {
    const me = meOf(asked)
    if (!chat.isIn(me.person.user, asked.room)) throw new NotFound()
    return me
  }
  const body = async <S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> =>
    schema.parse(await c.req.json())

  app.use(headers, onlyThisHost, (c, next) =>
    bodyLimit({ maxSize: c.req.path === '/api/submit' ? limits.form : limits.body })(c, next),
  )
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return c.json({ problem: 'bad-request' }, 400)
    if (error instanceof NotFound) return c.json({ problem: 'not-found' }, 404)
    playground.log({ what: 'handler-failed', piece: c.req.path, reference: randomUUID(), error })
    return c.json({ problem: 'failed' }, 500)
  })

  app.get('/', (c) => {
    const page = files.get('index.html')?.body.toString() ?? ''
    return c.html(page.replace('%TOKEN%', token), 200, { 'cache-control': 'no-store' })
  })
  app.get('/page/:name', (c) => {
    const file = files.get(c.req.param('name'))
    if (!file) return c.notFound()
    return c.body(new Uint8Array(file.body), 200, { 'content-type': file.type, 'cache-control': 'no-cache' })
  })

  const api = new Hono().use(withToken(token))
  api.get('/start', (c) =>
    c.json({
      words: pageWords,
      people: playground.people.map(({ user, name, about }) => ({
        user,
        name,
        room: directRoom(user),
        about: { en: render(about, 'en'), es: render(about, 'es') },
      })),
      rooms: playground.rooms.map(({ room, name }) => ({
        room,
        name: { en: render(name, 'en'), es: render(name, 'es') },
      })),
    }),
  )
  api.post('/abilities', async (c) => c.json(await playground.abilities(meOf(await body(c, asks.person)))))
  api.post('/say', async (c) => {
    const asked = await body(c, asks.say)
    return c.json(await playground.say(memberOf(asked), asked.room, asked.words))
  })
  api.post('/press', async (c) => {
    const asked = await body(c, asks.press)
    return c.json(
      await playground.press(memberOf(asked), asked.room, asked.code, asked.chosen, asked.message),
    )
  })
  api.post('/submit', async (c) => {
    const asked = await body(c, asks.submit)
    return c.json(await playground.submit(memberOf(asked), asked.room, asked.code, asked.raw, asked.message))
  })
  api.post('/menu', async (c) => {
    const asked = await body(c, asks.menu)
    const me = memberOf(asked)
    if (!chat.find(me.person.user, asked.message)) throw new NotFound()
    return c.json(await playground.menu(me, asked.room, asked.id, asked.message))
  })
  api.post('/suggest', async (c) => {
    const { command, code, field, typed, ...asked } = await body(c, asks.suggest)
    const of = {
      field,
      typed,
      ...(command !== undefined && { command }),
      ...(code !== undefined && { code }),
    }
    return c.json(await playground.suggest(memberOf(asked), asked.room, of))
  })
  api.post('/clock', async (c) => {
    const asked = await body(c, asks.clock)
    const me = meOf(asked)
    const { zone } = await playground.abilities(me)
    try {
      await playground.moveClock(wishedInstant(asked.wish, playground.now(), zone))
    } catch (error) {
      if (error instanceof Refusal) return c.json({ problem: render(error.text, me.language) })
      throw error
    }
    const now = playground.now().toISOString()
    chat.tellAll({ kind: 'clock', now })
    return c.json({ now })
  })

  api.get('/live', (c) => {
    const { user } = meOf({ as: c.req.query('as') ?? '', language: 'en', zone: 'UTC' }).person
    return streamSSE(c, async (stream) => {
      const send = (event: string, data: unknown) => stream.writeSSE({ event, data: JSON.stringify(data) })
      const left = new Promise<void>((resolve) => stream.onAbort(resolve))
      const stop = chat.watch(user, ({ kind, ...data }) => void send(kind, data))
      await send('history', { messages: chat.seenBy(user), now: playground.now().toISOString() })
      await left
      stop()
    })
  })
  app.route('/api', api)
  return app
}

/** Binds to loopback only; port 0 picks a free one. */
export async function servePlayground(
  playground: Playground,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const app = await playgroundApp(playground)
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
      resolve({
        url: `http://127.0.0.1:${address.port}/`,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            // Event streams never end by themselves.
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      })
    })
    server.once('error', reject)
  })
}
